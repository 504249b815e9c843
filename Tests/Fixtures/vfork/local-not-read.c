// Locals that the parent never reads again, or assigns before it reads them, are the child's to use.
#include <sys/wait.h>
#include <unistd.h>

int start(int highest, char *const argv[]) {
  int fd;
  int status = 0;
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    for (fd = 3; fd < highest; fd++)
      close(fd);
    execv(argv[0], argv);
    status = 127;
    _exit(status);
  }
  status = 0;
  for (fd = 0; fd < 3; fd++)
    close(fd);
  waitpid(child, &status, 0);
  return status;
}
