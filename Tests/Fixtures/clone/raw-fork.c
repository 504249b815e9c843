// fork as a raw system call.
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int start(char *const argv[]) {
  long child = syscall(SYS_fork);  // site: violations
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  return child < 0 ? -1 : 0;
}
