// switch over a variable, with the error case falling into a common end.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int run_tool(char *const argv[]) {
  int failed = 0;
  pid_t child = fork();  // site: violations
  switch (child) {
  case -1:
    perror("fork");
    failed = 1;
    break;
  case 0:
    setsid();
    setenv("TOOL", "1", 1);  // expect: child-environment setenv
    execv(argv[0], argv);
    _exit(126);
  default:
    printf("started %d\n", (int)child);
  }
  free(argv[1]);
  return failed;
}
