// One thread for certain; what stays is the exit after a failed exec: the parent's buffers come out twice.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments) {
  printf("%d arguments", count);
  pid_t child = fork();  // site: violations
  if (child == 0) {
    execvp(arguments[1], arguments + 1);
    perror("exec");
    exit(127);  // expect: child-exit exit
  }
  wait(NULL);
  return 0;
}
