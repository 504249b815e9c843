// One step of the table allocates. The table is no child code, so the place is the call through it.
#include <stdlib.h>
#include <unistd.h>

static int step_session(void) {
  return setsid() < 0;
}

static int step_room(void) {
  return malloc(1) == NULL;
}

static int (*const steps[])(void) = {step_session, step_room};

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    for (unsigned i = 0; i < 2; i++)
      if (steps[i]() != 0)  // expect: child-allocates step_room
        _exit(1);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
