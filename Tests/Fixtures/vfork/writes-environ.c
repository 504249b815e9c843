// The environment pointer is the parent's too: a common way to run execvp with another environment.
#include <unistd.h>

extern char **environ;

int start(char *const argv[], char **variables) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    environ = variables;  // expect: vfork-writes-parent -
    execvp(argv[0], argv);  // expect: child-path-search execvp
    _exit(127);
  }
  return child;
}
