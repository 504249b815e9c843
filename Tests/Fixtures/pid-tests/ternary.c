// The spawn call is the condition of ?:, the child is one of its arms.
#include <stdio.h>
#include <unistd.h>

static int become(char *const argv[]) {
  puts("child");  // expect: child-stdio puts
  execv(argv[0], argv);
  _exit(127);
}

int start(char *const argv[]) {
  int status = fork() ? 0 : become(argv);  // site: violations
  printf("status %d\n", status);
  return status;
}
