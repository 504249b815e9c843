// Steps of the child in a constant table; both are harmless.
#include <unistd.h>

static int step_session(void) {
  return setsid() < 0;
}

static int step_root(void) {
  return chdir("/");
}

static int (*const steps[])(void) = {step_session, step_root};

int start(char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    for (unsigned i = 0; i < sizeof steps / sizeof steps[0]; i++)
      if (steps[i]() != 0)
        _exit(1);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
