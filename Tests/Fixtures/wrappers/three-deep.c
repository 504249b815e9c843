// The result passes through three functions before anybody tests it.
#include <stdio.h>
#include <unistd.h>

static pid_t plain(void) {
  return fork();  // site: violations
}

static int flushed(void) {
  fflush(stdout);
  int result = plain();
  return result;
}

static int logged(const char *what) {
  printf("starting %s\n", what);
  return flushed();
}

int start(char *const argv[]) {
  switch (logged(argv[0])) {
  case -1:
    perror("fork");
    return -1;
  case 0:
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  return 0;
}
