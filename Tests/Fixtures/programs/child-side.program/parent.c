// The child's code is a function of another file that nobody else names: the place is inside it.
#include <unistd.h>

void run_in_child(int in, char *const argv[]);

int start(int in, char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    run_in_child(in, argv);
    _exit(255);
  }
  return child;
}
