// A handler for the end of children runs in a child only where somebody sends that signal by hand.
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t ended;

static void on_end(int number, siginfo_t *info, void *context) {
  (void)number, (void)info, (void)context;
  ended++;
}

void prepare(void) {
  struct sigaction action;
  action.sa_sigaction = on_end;
  action.sa_flags = SA_SIGINFO;
  sigemptyset(&action.sa_mask);
  sigaction(SIGCHLD, &action, NULL);
}

pid_t start(char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
