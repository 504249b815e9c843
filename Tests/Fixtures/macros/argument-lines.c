// Calls in a macro's arguments are reported on their own lines.
#include <stdlib.h>
#include <unistd.h>

#define BOTH(first, second) \
  do { \
    (void)(first); \
    (void)(second); \
  } while (0)

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    BOTH(
        setsid(),
        setenv("A", "1", 1));  // expect: child-environment setenv
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
