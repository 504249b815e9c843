// The parent comes to everything that the child executes: that the child ends there all the same proves nothing of it.
#include <unistd.h>

static pid_t make(void) { return fork(); }  // site: unproven

void start(char **argv, int *count) {
  make();
  (*count)++;
  execv(argv[0], argv);
  _exit(127);
}
