// The test looks at a flag computed from a copy of the pid.
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  pid_t result = child;
  bool in_child = result == 0;
  bool failed = result < 0;
  if (in_child) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  if (failed)
    perror("fork");
  return failed ? -1 : 0;
}
