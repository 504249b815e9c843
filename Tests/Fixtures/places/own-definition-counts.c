// A program's own function with a libc name is judged by its body, not by the catalogue.
#include <string.h>
#include <unistd.h>

void perror(const char *what) {
  ssize_t ignored = write(2, what, strlen(what));
  (void)ignored;
}

int start(char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    execv(argv[0], argv);
    perror("exec");
    _exit(127);
  }
  if (child < 0)
    perror("fork");
  return child;
}
