// Child code that calls child code that calls shared code: the place is the last call that is the child's.
#include <stdio.h>
#include <unistd.h>

static void shared(const char *text) {
  fputs(text, stderr);
}

static void report(const char *text) {
  shared(text);  // expect: child-stdio shared
}

static void become(char *const argv[]) {
  execv(argv[0], argv);
  report("exec failed\n");
  _exit(127);
}

int start(char *const argv[]) {
  shared("starting\n");
  pid_t child = fork();  // site: violations
  if (child == 0)
    become(argv);
  return child;
}
