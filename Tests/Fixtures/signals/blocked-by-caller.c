// Who blocks the signals is the caller, by a wrapper of its own; one caller forgets it.
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static void block_all(sigset_t *old) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, old);
}

static void restore(const sigset_t *old) { pthread_sigmask(SIG_SETMASK, old, NULL); }

static pid_t spawn(char *const argv[]) {
  pid_t child = vfork();  // site: verified
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}

static pid_t spawn_hastily(char *const argv[]) {
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}

pid_t start(char *const argv[]) {
  sigset_t old;
  block_all(&old);
  pid_t child = spawn(argv);
  restore(&old);
  return child;
}

pid_t start_hastily(char *const argv[], int is_careful) {
  sigset_t old;
  if (is_careful)
    block_all(&old);
  pid_t child = spawn_hastily(argv);
  if (is_careful)
    restore(&old);
  return child;
}
