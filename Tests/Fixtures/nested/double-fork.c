// The classic orphan: the child forks again and ends, the grandchild execs. fork is on POSIX's list.
#include <sys/wait.h>
#include <unistd.h>

int start_orphan(char *const argv[]) {
  int status;
  pid_t child = fork();  // site: verified
  if (child < 0)
    return -1;
  if (child == 0) {
    pid_t orphan = fork();  // site: verified
    if (orphan != 0)
      _exit(orphan < 0 ? 1 : 0);
    setsid();
    execv(argv[0], argv);
    _exit(127);
  }
  while (waitpid(child, &status, 0) < 0)
    ;
  return status;
}
