// incomplete
// What was understood is still analysed: the error is in another function.
#include <stdio.h>
#include <unistd.h>

int broken(int count) {
  return count +* 2;
}

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
