// A mode decides the spawn call; in the child the same mode is tested again.
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum mode { VIA_FORK = 1, VIA_VFORK, VIA_NOTHING };

pid_t start(enum mode mode, uid_t user, char *const argv[]) {
  pid_t child;
  switch (mode) {
  case VIA_FORK:
    child = fork();  // site: violations
    break;
  case VIA_VFORK:
    child = vfork();  // site: verified; expect: vfork-signals vfork
    break;
  default:
    errno = EINVAL;
    return -1;
  }
  if (child == 0) {
    if (mode == VIA_FORK) {
      puts("forked");  // expect: child-stdio puts
      if (setuid(user) < 0)
        _exit(1);
    }
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
