#include "report.h"

#include <unistd.h>

// No definition is of this library: each program's own is called.
int start(void) {
  pid_t pid = fork();  // site: violations
  if (pid == 0) {
    when_started();
    execl("/bin/true", "true", (char *)0);
    _exit(127);
  }
  return pid;
}
