// Assignment and test in one condition, the error tested behind it.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int run_tool(char *const argv[]) {
  pid_t child;
  if ((child = fork()) == 0) {  // site: violations
    char *copy = malloc(8);  // expect: child-allocates malloc
    execv(copy ? argv[0] : argv[1], argv);
    _exit(127);
  } else if (child < 0) {
    perror("fork");
    return -1;
  }
  puts("started");
  return 0;
}
