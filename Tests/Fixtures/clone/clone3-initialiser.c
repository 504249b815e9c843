// Raw clone3; the flags stand in the initialiser of the argument structure, two wrappers below the test.
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WITH_PIDFD 0x1000

struct start_args {
  uint64_t flags;
  uint64_t pidfd;
  uint64_t child_tid;
  uint64_t parent_tid;
  uint64_t exit_signal;
  uint64_t stack, stack_size, tls;
};

static int raw_start(int *pidfd) {
  struct start_args args = {.flags = WITH_PIDFD, .pidfd = (uintptr_t)pidfd, .exit_signal = SIGCHLD};
  return syscall(SYS_clone3, &args, sizeof args);  // site: violations
}

static pid_t start_with_pidfd(int *pidfd) {
  return raw_start(pidfd);
}

int start(int *pidfd, char *const argv[]) {
  pid_t child = start_with_pidfd(pidfd);
  if (child < 0)
    return -1;
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  return 0;
}
