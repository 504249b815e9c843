// A counter that is positive only while a child borrows the memory keeps that child from jumping back
// into the parent's loop.
#include <setjmp.h>
#include <stdio.h>
#include <unistd.h>

static jmp_buf top;
static int borrowed;

static void raise_error(int status) {
  if (borrowed)
    _exit(status);
  longjmp(top, status);
}

static pid_t run(char *const argv[]) {
  pid_t child;
  borrowed++;
  child = vfork();  // site: verified; expect: vfork-signals vfork
  if (!child) {
    execv(argv[0], argv);
    raise_error(127);
  }
  borrowed = 0;
  if (child < 0)
    raise_error(2);
  return child;
}

int loop(char *const argv[]) {
  if (setjmp(top) != 0) {
    fputs("failed\n", stderr);
    return -1;
  }
  return run(argv) > 0;
}
