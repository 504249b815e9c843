// A vfork child must not return from the function that called vfork: the parent's frame is gone then.
#include <unistd.h>

static pid_t quick_fork(void) {
  return vfork();  // site: violations; expect: vfork-return -; vfork-signals vfork
}

int start(char *const argv[]) {
  pid_t child = quick_fork();
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child < 0;
}
