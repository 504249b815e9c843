// The whole error path is a macro; what it calls is reported where it is used.
#include <stdio.h>
#include <unistd.h>

#define FAIL(what) \
  do { \
    perror(what); \
    _exit(126); \
  } while (0)

int start(const char *folder, char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child < 0)
    FAIL("fork");
  if (child == 0) {
    if (chdir(folder) != 0)
      FAIL("chdir");  // expect: child-stdio perror
    execv(argv[0], argv);
    FAIL("exec");  // expect: child-stdio perror
  }
  return 0;
}
