// A failed exec that ends in exit writes out the parent's buffers a second time.
#include <stdlib.h>
#include <unistd.h>

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    execv(argv[0], argv);
    exit(127);  // expect: child-exit exit
  }
  return child;
}
