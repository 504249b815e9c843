// errno belongs to the thread that both share, and every call of the child may set it: no finding of its own.
#include <errno.h>
#include <unistd.h>

pid_t start(int report, char *const argv[]) {
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    errno = 0;
    execv(argv[0], argv);
    int problem = errno;
    if (write(report, &problem, sizeof problem) < 0)
      _exit(126);
    _exit(127);
  }
  return child;
}
