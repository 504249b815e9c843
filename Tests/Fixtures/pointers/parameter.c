// A function is handed down as a parameter; it is named in the child alone, so the place is inside.
#include <stdlib.h>
#include <unistd.h>

static int set_language(void) {
  return setenv("LANG", "C", 1);  // expect: child-environment setenv
}

static void each(int (*step)(void), int times) {
  for (int i = 0; i < times; i++)
    if (step() < 0)
      _exit(1);
}

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    each(set_language, 1);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
