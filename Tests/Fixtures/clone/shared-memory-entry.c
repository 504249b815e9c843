// clone with shared memory and a suspended parent: the function is the child, returning ends it.
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct start {
  char *const *argv;
  gid_t group;
};

static int child_main(void *data) {
  struct start *start = data;
  if (setgid(start->group) < 0)  // expect: vfork-set-id setgid
    return 126;
  execv(start->argv[0], start->argv);
  return 127;
}

int start(char *const argv[], gid_t group) {
  char stack[16384];
  struct start start = {argv, group};
  return clone(child_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &start);  // site: violations; expect: vfork-signals clone
}
