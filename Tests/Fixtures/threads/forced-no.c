// run: --threads no
// Library code, but its user says that the process has one thread.
#include <stdio.h>
#include <unistd.h>

int start(char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    puts("child");
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
