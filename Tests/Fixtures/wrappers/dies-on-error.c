// The error never comes back: the wrapper's callers test for the child alone.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void give_up(const char *what) {
  perror(what);
  exit(2);
}

static pid_t fork_or_give_up(void) {
  pid_t child = fork();  // site: verified
  if (child < 0)
    give_up("fork");
  return child;
}

pid_t start(char *const argv[]) {
  pid_t child = fork_or_give_up();
  if (child)
    return child;
  setsid();
  execv(argv[0], argv);
  _exit(127);
}
