// A whole program with one thread: its fork child may do what it likes. Verified under that assumption.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments) {
  if (count < 2)
    return 2;
  pid_t child = fork();  // site: verified
  if (child == 0) {
    char *text = strdup(arguments[1]);
    printf("running %s\n", text);
    fflush(stdout);
    setenv("RUNNER", "1", 1);
    execvp(arguments[1], arguments + 1);
    perror(text);
    free(text);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status != 0;
}
