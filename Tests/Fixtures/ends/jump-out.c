// longjmp to a place that was set before the fork: the child goes on in the parent's loop.
#include <setjmp.h>
#include <stdio.h>
#include <unistd.h>

static jmp_buf top;

int start(char *const argv[]) {
  if (setjmp(top) != 0) {
    puts("failed");
    return -1;
  }
  pid_t child = fork();  // site: violations
  if (child == 0) {
    execv(argv[0], argv);
    longjmp(top, 1);  // expect: child-longjmp longjmp
  }
  return child;
}
