// A vfork inside a fork child: the call is on no list, and the laws of vfork come on top.
#include <unistd.h>

int start_orphan(char *const argv[], gid_t group) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    if (setgid(group) < 0)
      _exit(125);
    pid_t inner = vfork();  // expect: child-unsafe-call vfork
    if (inner == 0) {
      if (setuid(group) < 0)  // expect: vfork-set-id setuid
        _exit(126);
      execv(argv[0], argv);
      _exit(127);
    }
    _exit(0);
  }
  return child;
}
