// One thread does not help a vfork child: it works in its parent's memory.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    execv(arguments[count - 1], arguments);
    perror("exec");  // expect: child-stdio perror
    _exit(127);
  }
  wait(NULL);
  return 0;
}
