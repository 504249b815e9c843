// The outer child waits for its own child and reports: all in the outer child's path.
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int start_reaped(int report, char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    int status = 0;
    pid_t inner = fork();  // site: verified
    if (inner == 0) {
      execv(argv[0], argv);
      _exit(127);
    }
    waitpid(inner, &status, 0);
    if (write(report, &status, sizeof status) < 0)
      exit(1);  // expect: child-exit exit
    _exit(0);
  }
  return child;
}
