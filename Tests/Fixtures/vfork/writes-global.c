// The child's store to a global is the parent's.
#include <unistd.h>

static int attempts;
static const char *last_tool;

int start(char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    attempts++;  // expect: vfork-writes-parent -
    execv(argv[0], argv);
    last_tool = argv[0];  // expect: vfork-writes-parent -
    _exit(127);
  }
  return attempts > 3 && last_tool;
}
