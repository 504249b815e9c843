// Both files have a static function of the same name; this child uses the quiet one.
#include <unistd.h>

static void report(void) {
  ssize_t ignored = write(2, "failed\n", 7);
  (void)ignored;
}

int start_quiet(char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    execv(argv[0], argv);
    report();
    _exit(127);
  }
  return child;
}
