// The wrapper answers "am I the child?" and ends the parent's way on error itself.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool split(pid_t *child) {
  *child = fork();  // site: violations
  if (*child < 0) {
    perror("fork");
    exit(1);
  }
  bool is_child = !*child;
  return is_child;
}

int start(char *const argv[]) {
  pid_t child;
  if (split(&child)) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  printf("started %d\n", (int)child);
  return 0;
}
