// The mask by the kernel's own call and by the old interfaces.
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigblock(int mask);
int sigsetmask(int mask);

pid_t by_number(char *const argv[]) {
  sigset_t all, old;
  sigfillset(&all);
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &old, 8);
  pid_t child = vfork();  // site: verified
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &old, NULL, 8);
  return child;
}

pid_t by_word(char *const argv[]) {
  int old = sigblock(-1);
  pid_t child = vfork();  // site: violations
  if (child == 0) {
    sigsetmask(old);  // expect: child-unsafe-call sigsetmask
    execv(argv[0], argv);
    _exit(127);
  }
  sigsetmask(old);
  return child;
}

pid_t too_early(char *const argv[]) {
  int old = sigblock(-1);
  sigsetmask(old);
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
