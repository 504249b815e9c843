// Result 0 in the child, 1 in the parent, a negative error number otherwise; the pid is an out-parameter.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static int guarded_fork(int reset_mask, pid_t *ret) {
  sigset_t none;
  pid_t child = fork();  // site: violations
  if (child < 0)
    return -errno;
  if (child > 0) {
    if (ret)
      *ret = child;
    printf("forked %d\n", (int)child);
    return 1;
  }
  if (reset_mask) {
    sigemptyset(&none);
    if (sigprocmask(SIG_SETMASK, &none, NULL) < 0)
      _exit(1);
  }
  return 0;
}

int start(char *const argv[]) {
  pid_t child = 0;
  int r = guarded_fork(1, &child);
  if (r < 0)
    return r;
  if (r == 0) {
    fputs("child\n", stderr);  // expect: child-stdio fputs
    execv(argv[0], argv);
    _exit(127);
  }
  printf("started %d\n", (int)child);
  return 0;
}
