// The pid goes straight into the caller's variable.
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int start(pid_t *out, char *const argv[]) {
  if ((*out = fork()) < 0)  // site: violations
    return -errno;
  if (*out == 0) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  puts("parent");
  return 0;
}
