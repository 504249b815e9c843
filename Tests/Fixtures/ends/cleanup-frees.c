// A cleanup attribute runs free at the end of a scope in the child; strdup stands there too.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static inline void free_text(char **text) {
  free(*text);  // expect: child-allocates free
}

int start(const char *folder, char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    {
      __attribute__((cleanup(free_text))) char *copy = strdup(folder);  // expect: child-allocates strdup
      if (copy && chdir(copy) < 0)
        _exit(1);
    }
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
