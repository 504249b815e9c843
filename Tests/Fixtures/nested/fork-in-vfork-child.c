// A vfork child must not spawn: fork's handlers would run in the parent's memory.
#include <unistd.h>

int start_orphan(char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    if (fork() != 0)  // expect: vfork-spawns fork
      _exit(0);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
