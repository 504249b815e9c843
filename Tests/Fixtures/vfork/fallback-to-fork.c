// vfork first, fork where the kernel refuses; the same child code for both.
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

pid_t start(char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == -1 && errno == EINVAL)
    child = fork();  // site: violations
  if (child == 0) {
    execv(argv[0], argv);
    exit(127);  // expect: child-exit exit
  }
  return child;
}
