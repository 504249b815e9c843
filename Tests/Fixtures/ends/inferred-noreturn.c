// A function named die that always ends in _exit, without an attribute: the child never leaves.
#include <string.h>
#include <unistd.h>

static void die(int report, const char *what) {
  ssize_t ignored = write(report, what, strlen(what));
  (void)ignored;
  _exit(125);
}

static void prepare(int report, const char *folder) {
  if (chdir(folder) != 0)
    die(report, "chdir");
}

int start(int report, const char *folder, char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    prepare(report, folder);
    execv(argv[0], argv);
    die(report, "exec");
  }
  return child;
}
