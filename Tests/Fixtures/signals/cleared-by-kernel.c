// clone3 gives the child's signals their default effects where it is asked to; without CLONE_VFORK the parent
// goes on, and the memory is shared all the same.
#define _GNU_SOURCE
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void on_stop(int number) { stop = number; }

void prepare(void) { signal(SIGINT, on_stop); }

int start_cleared(char *const argv[]) {
  struct clone_args args = {.flags = CLONE_VM | CLONE_VFORK | CLONE_CLEAR_SIGHAND, .exit_signal = SIGCHLD};
  long child = syscall(SYS_clone3, &args, sizeof args);  // site: verified
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child < 0 ? -1 : 0;
}

int start_beside(char *const argv[]) {
  struct clone_args args = {.flags = CLONE_VM, .exit_signal = SIGCHLD};
  long child = syscall(SYS_clone3, &args, sizeof args);  // site: violations; expect: vfork-signals syscall
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child < 0 ? -1 : 0;
}

int start_copy(char *const argv[]) {
  struct clone_args args = {.flags = 0, .exit_signal = SIGCHLD};
  long child = syscall(SYS_clone3, &args, sizeof args);  // site: verified
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child < 0 ? -1 : 0;
}
