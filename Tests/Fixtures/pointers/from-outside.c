// The hook comes from the caller of a library: nobody can know what it does.
#include <unistd.h>

int start(char *const argv[], void (*setup)(void *), void *data) {
  pid_t child = fork();  // site: unproven
  if (child == 0) {
    if (setup)
      setup(data);  // expect: child-callback setup
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
