#include <stdio.h>
#include <unistd.h>

static void report(void) {
  fputs("failed\n", stderr);  // expect: child-stdio fputs
}

int start_chatty(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    execv(argv[0], argv);
    report();
    _exit(127);
  }
  return child;
}
