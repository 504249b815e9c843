// Two callers of one wrapper: the site is one, the findings are where each child goes wrong.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pid_t split(void) {
  pid_t child = fork();  // site: violations
  return child;
}

int start_clean(char *const argv[]) {
  if (split() == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return 0;
}

int start_chatty(char *const argv[]) {
  pid_t child = split();
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  free(argv[1]);
  return 0;
}
