// run: --threads yes
// A whole program without threads of its own, but its user says that there are some (a plug-in's).
#include <stdio.h>
#include <unistd.h>

int main(int count, char **arguments) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(arguments[count - 1], arguments);
    _exit(127);
  }
  return 0;
}
