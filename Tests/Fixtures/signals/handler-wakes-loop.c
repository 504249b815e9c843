// A handler that keeps errno and writes to a pipe changes no memory; it still speaks for the wrong process.
#include <errno.h>
#include <signal.h>
#include <unistd.h>

static int wake_up[2];

static void on_terminate(int number) {
  int saved = errno;
  char byte = (char)number;
  write(wake_up[1], &byte, 1);
  errno = saved;
}

void prepare(void) {
  struct sigaction action = {.sa_handler = on_terminate, .sa_flags = SA_RESTART};
  sigaction(SIGTERM, &action, NULL);
}

pid_t start(char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
