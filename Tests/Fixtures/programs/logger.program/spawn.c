// The logger is defined in the other file and used by the parent as well: one finding at the child's call.
#include <unistd.h>

void log_line(const char *text);

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child < 0)
    log_line("fork failed");
  if (child == 0) {
    execv(argv[0], argv);
    log_line("exec failed");  // expect: child-stdio log_line
    _exit(127);
  }
  return child;
}
