// A macro with a hidden return: the child leaves by it.
#include <unistd.h>

#define CHECK(call) \
  if ((call) < 0) \
  return -1

int start(int in, char *const argv[]) {
  pid_t child = fork();  // site: violations
  CHECK(child);
  if (child == 0) {
    CHECK(dup2(in, 0));  // expect: child-leaves -
    execv(argv[0], argv);
    _exit(127);
  }
  return 0;
}
