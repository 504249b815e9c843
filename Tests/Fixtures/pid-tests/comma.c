// Comma expression: the value of the condition is the last operand.
#include <stdio.h>
#include <unistd.h>

int start(char *const argv[]) {
  pid_t child;
  if (fflush(stdout), child = fork(), child == 0) {  // site: violations
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  puts("parent or error");
  return child < 0;
}
