// The child's function never returns, and abort stands behind it to say so.
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static void child_side(int report, char *const argv[]) {
  int problem;
  execv(argv[0], argv);
  problem = errno;
  if (write(report, &problem, sizeof problem) < 0)
    abort();
  _exit(127);
}

int start(int report, char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    child_side(report, argv);
    abort();
  }
  return child;
}
