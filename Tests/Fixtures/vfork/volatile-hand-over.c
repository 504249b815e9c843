// A volatile local that tells the parent why exec failed: meant, and correct while memory is shared.
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t start(char *const argv[]) {
  volatile int failed = 0;
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    failed = errno;
    _exit(111);
  }
  if (failed) {
    waitpid(child, NULL, 0);
    errno = failed;
    return -1;
  }
  return child;
}
