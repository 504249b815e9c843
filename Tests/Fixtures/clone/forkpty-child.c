// forkpty is a spawn call too; its child has the terminal already.
#include <pty.h>
#include <stdlib.h>
#include <unistd.h>

int start(int *terminal, char *const argv[]) {
  pid_t child = forkpty(terminal, NULL, NULL, NULL);  // site: violations
  if (child == 0) {
    setenv("TERM", "dumb", 1);  // expect: child-environment setenv
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
