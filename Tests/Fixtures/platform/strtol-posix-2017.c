// run: --platform posix-2017
// strlen, memcpy and write are on POSIX's list; strtol is not (glibc's manual alone calls it safe).
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int start(const char *number, char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    char copy[16];
    size_t size = strlen(number);
    if (size < sizeof copy) {
      memcpy(copy, number, size + 1);
      if (write(2, copy, size) < 0)
        _exit(125);
      dup2((int)strtol(copy, NULL, 10), 0);  // expect: child-unsafe-call strtol
    }
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
