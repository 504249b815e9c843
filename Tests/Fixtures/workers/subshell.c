// A shell's subshell: the child evaluates with the same function as its parent, then ends at once.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int evaluate(const char *line) {
  printf("evaluating %s\n", line);
  return strlen(line) == 0;
}

static int subshell(const char *line) {
  int status = 1;
  fflush(stdout);
  pid_t child = fork();  // site: verified
  if (child == 0) {
    status = evaluate(line);
    fflush(stdout);
    _exit(status);
  }
  if (child > 0)
    waitpid(child, &status, 0);
  return status;
}

int main(int count, char **arguments) {
  int status = 0;
  for (int i = 1; i < count; i++)
    status |= arguments[i][0] == '(' ? subshell(arguments[i] + 1) : evaluate(arguments[i]);
  return status;
}
