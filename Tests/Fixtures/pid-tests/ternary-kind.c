// ?: chooses between two spawn calls; both results are tested by the same line.
#include <stdio.h>
#include <unistd.h>

int start(int quick, char *const argv[]) {
  pid_t child = quick ? vfork()  // site: violations; expect: vfork-signals vfork
                      : fork();  // site: violations
  if (child == 0) {
    perror("start");  // expect: child-stdio perror
    execv(argv[0], argv);
    _exit(127);
  }
  return child < 0 ? -1 : 0;
}
