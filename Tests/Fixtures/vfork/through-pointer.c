// The child changes the parent's saved mask through a pointer argument; the parent restores it afterwards.
#include <signal.h>
#include <unistd.h>

int start(char *const argv[]) {
  sigset_t all, old;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &old);
  pid_t child = vfork();  // site: violations
  if (child == 0) {
    sigdelset(&old, SIGPIPE);  // expect: vfork-writes-parent sigdelset
    sigprocmask(SIG_SETMASK, &old, NULL);  // expect: vfork-signals sigprocmask
    execv(argv[0], argv);
    _exit(127);
  }
  sigprocmask(SIG_SETMASK, &old, NULL);
  return child;
}
