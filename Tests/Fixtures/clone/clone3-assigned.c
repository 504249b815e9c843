// Raw clone3; the flags are assigned member by member, and memory is shared.
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct start_args {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
};

int start(char *const argv[], gid_t group) {
  struct start_args args;
  memset(&args, 0, sizeof args);
  args.flags = CLONE_VM;
  args.flags |= CLONE_VFORK;
  args.exit_signal = SIGCHLD;
  long child = syscall(SYS_clone3, &args, sizeof args);  // site: violations; expect: vfork-signals syscall
  if (child == 0) {
    if (setgid(group) != 0)  // expect: vfork-set-id setgid
      _exit(126);
    execv(argv[0], argv);
    _exit(127);
  }
  return child < 0 ? -1 : 0;
}
