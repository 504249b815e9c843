// The commonest test. Only the branch for 0 is the child; parent and error may do as they like.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int run_tool(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    char *room = malloc(64);  // expect: child-allocates malloc
    if (room)
      execv(argv[0], argv);
    _exit(127);
  }
  if (child < 0) {
    perror("fork");
    return -1;
  }
  printf("started %d\n", (int)child);
  return 0;
}
