// run: --platform glibc
// The same child under the manual of the GNU C Library: strtol is safe there.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int start(const char *number, char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    char copy[16];
    size_t size = strlen(number);
    if (size < sizeof copy) {
      memcpy(copy, number, size + 1);
      dup2((int)strtol(copy, NULL, 10), 0);
    }
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
