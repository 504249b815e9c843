// The child searches PATH itself and complains through stdio.
#include <stdio.h>
#include <unistd.h>

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    execvp(argv[0], argv);  // expect: child-path-search execvp
    perror(argv[0]);  // expect: child-stdio perror
    _exit(127);
  }
  return child;
}
