// The saved mask travels in a structure; the sets are prepared once and are globals.
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static sigset_t everything;

struct around_spawn {
  int is_blocked;
  sigset_t old;
};

static void before(struct around_spawn *around) {
  sigfillset(&everything);
  around->is_blocked = pthread_sigmask(SIG_SETMASK, &everything, &around->old) == 0;
}

static void after(struct around_spawn *around) {
  if (around->is_blocked)
    pthread_sigmask(SIG_SETMASK, &around->old, NULL);
}

pid_t start(char *const argv[]) {
  struct around_spawn around;
  before(&around);
  pid_t child = vfork();  // site: verified
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  after(&around);
  return child;
}

pid_t start_twice(char *const argv[]) {
  struct around_spawn around;
  before(&around);
  after(&around);
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
