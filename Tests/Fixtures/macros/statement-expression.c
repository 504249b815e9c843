// A vfork wrapper that must be a macro, because a function could not return.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void complain_and_exit(const char *what) {
  perror(what);
  exit(1);
}

#define quick_fork() \
  ({ \
    pid_t child_ = vfork(); \
    if (child_ < 0) \
      complain_and_exit("vfork"); \
    child_; \
  })

int start(char *const argv[]) {
  pid_t child = quick_fork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
