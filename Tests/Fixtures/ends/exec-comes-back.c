// After a failed exec the child runs on into the parent's code and returns to callers nobody knows.
#include <unistd.h>

pid_t start_forked(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0)
    execv(argv[0], argv);
  return child;  // expect: child-leaves -
}

pid_t start_borrowed(char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0)
    execv(argv[0], argv);
  return child;  // expect: vfork-return -
}
