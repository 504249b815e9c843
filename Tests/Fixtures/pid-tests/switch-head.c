// The spawn call stands in the head of the switch; nobody names case -1.
#include <stdio.h>
#include <unistd.h>

int run_tool(char *const argv[]) {
  pid_t child;
  switch (child = fork()) {  // site: violations
  case 0:
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  default:
    printf("result %d\n", (int)child);
    break;
  }
  return child < 0 ? -1 : 0;
}
