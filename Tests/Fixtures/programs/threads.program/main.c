// main here, the thread in the other file: the fork child is that of a threaded process.
#include <stdio.h>
#include <unistd.h>

int start_clock(void);

int main(int count, char **arguments) {
  if (start_clock() != 0)
    return 1;
  pid_t child = fork();  // site: violations
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(arguments[count - 1], arguments);
    _exit(127);
  }
  return 0;
}
