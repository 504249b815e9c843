#include "report.h"

#include <unistd.h>

int start_again(void) {
  pid_t pid = fork();  // site: violations
  if (pid == 0) {
    report("again\n");  // expect: child-stdio report
    execl("/bin/true", "true", (char *)0);
    _exit(127);
  }
  return pid;
}
