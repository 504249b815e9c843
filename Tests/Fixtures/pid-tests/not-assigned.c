// `!(x = fork())`, the parent's part without an else.
#include <stdio.h>
#include <unistd.h>

pid_t run_tool(char *const argv[]) {
  pid_t child;
  if (!(child = fork())) {  // site: violations
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  printf("parent got %d\n", (int)child);
  return child;
}
