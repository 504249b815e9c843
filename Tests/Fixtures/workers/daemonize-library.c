// The parent ends, the child returns into the program that called: a worker. One finding, where it leaves.
#include <fcntl.h>
#include <unistd.h>

int go_to_background(void) {
  pid_t child = fork();  // site: violations
  if (child < 0)
    return -1;
  if (child > 0)
    _exit(0);
  setsid();
  int nowhere = open("/dev/null", O_RDWR);
  if (nowhere >= 0) {
    dup2(nowhere, 0);
    dup2(nowhere, 1);
  }
  return 0;  // expect: child-leaves -
}
