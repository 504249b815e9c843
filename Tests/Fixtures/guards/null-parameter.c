// The log is a parameter; the child passes none.
#include <stdio.h>
#include <unistd.h>

static int redirect(int from, int to, FILE *log) {
  if (log)
    fprintf(log, "redirect %d to %d\n", from, to);
  if (from == to)
    return 0;
  if (dup2(from, to) < 0)
    return -1;
  return close(from);
}

int start(int in, char *const argv[]) {
  if (redirect(in + 1, in, stderr) < 0)
    return -1;
  pid_t child = fork();  // site: verified
  if (child == 0) {
    if (redirect(in, 0, NULL) < 0)
      _exit(126);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
