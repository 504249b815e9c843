// A local that the child changes and the parent reads afterwards.
#include <unistd.h>

int start(int in, char *const argv[]) {
  int used = 0;
  int scratch;
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    scratch = in + 1;
    used = scratch;  // expect: vfork-writes-parent -
    dup2(in, 0);
    execv(argv[0], argv);
    _exit(scratch);
  }
  return child < 0 ? -1 : used;
}
