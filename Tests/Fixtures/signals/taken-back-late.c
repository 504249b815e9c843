// In the wrong order, and a loop that installs instead of taking back.
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void on_stop(int number) { stop = number; }

pid_t too_late(char *const argv[], sigset_t *old) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, old);
  pid_t child = vfork();  // site: violations
  if (child == 0) {
    for (int number = 1; number < 32; number++)
      signal(number, on_stop);
    sigprocmask(SIG_UNBLOCK, &all, NULL);  // expect: vfork-signals sigprocmask
    for (int number = 1; number < 32; number++)
      signal(number, SIG_DFL);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
