// run: --threads yes
#include "report.h"

#include <stdio.h>
#include <unistd.h>

int verbosity;

int main(void) {
  pid_t pid = fork();  // site: verified
  if (pid == 0) {
    report("starting\n");
    report_twice("on the way\n");
    if (verbosity) puts("never in this program");
    execl("/bin/true", "true", (char *)0);
    _exit(127);
  }
  start();
  return start_again() < 0;
}
