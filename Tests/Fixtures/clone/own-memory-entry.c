// clone without CLONE_VM: a child with a copy, as after a raw fork.
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int child_main(void *data) {
  char *const *argv = data;
  char *room = malloc(32);  // expect: child-allocates malloc
  if (room)
    execv(argv[0], argv);
  _exit(127);
}

int start(char *const argv[]) {
  static char stack[65536];
  int flags = CLONE_NEWNS | SIGCHLD;
  return clone(child_main, stack + sizeof stack, flags, (void *)argv);  // site: violations
}
