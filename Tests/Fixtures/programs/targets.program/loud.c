#include "report.h"

#include <stdio.h>
#include <unistd.h>

int verbosity = 1;

int main(void) {
  pid_t pid = fork();  // site: violations
  if (pid == 0) {
    report("starting\n");  // expect: child-stdio report
    report_twice("on the way\n");  // expect: child-stdio report_twice
    if (verbosity) puts("always in this program");  // expect: child-stdio puts
    execl("/bin/true", "true", (char *)0);
    _exit(127);
  }
  start();
  return start_again() < 0;
}
