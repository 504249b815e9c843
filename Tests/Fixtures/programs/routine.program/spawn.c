#include <string.h>
#include <unistd.h>

void set_routine(void (*new_routine)(const char *));
void die(const char *what);

static void end_quietly(const char *what) {
  ssize_t ignored = write(2, what, strlen(what));
  (void)ignored;
  _exit(126);
}

int start(char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child < 0)
    die("fork");
  if (child == 0) {
    set_routine(end_quietly);
    execv(argv[0], argv);
    die("exec");
  }
  return child;
}
