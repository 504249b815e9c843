// The result is used by a return statement; the child's function never returns.
#include <stdio.h>
#include <unistd.h>

static int become(char *const argv[]) {
  puts("child");  // expect: child-stdio puts
  execv(argv[0], argv);
  _exit(127);
}

int start(char *const argv[]) {
  return fork() != 0 || become(argv);  // site: violations
}
