// Error first, then parent, and the child is what remains.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int run_tool(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == -1) {
    perror("fork");
    return -1;
  }
  if (child > 0) {
    printf("started %d\n", (int)child);
    return 0;
  }
  puts("in the child");  // expect: child-stdio puts
  execv(argv[0], argv);
  _exit(127);
}
