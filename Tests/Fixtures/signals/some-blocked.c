// A part of the signals is blocked: what counts is whether a handler is left that may run.
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t stop, resized;

static void on_stop(int number) { stop = number; }
static void on_resize(int number) { resized = number; }

void prepare(void) {
  signal(SIGINT, on_stop);
  signal(SIGTERM, on_stop);
  signal(SIGWINCH, on_resize);
}

static pid_t start_with(sigset_t *blocked, char *const argv[]) {
  sigset_t old;
  sigprocmask(SIG_BLOCK, blocked, &old);
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  sigprocmask(SIG_SETMASK, &old, NULL);
  return child;
}

pid_t start(char *const argv[]) {
  sigset_t some;
  sigemptyset(&some);
  sigaddset(&some, SIGINT);
  sigaddset(&some, SIGTERM);
  return start_with(&some, argv);
}

// All that have handlers: others may come from a library, which is a note.
pid_t start_safely(char *const argv[]) {
  sigset_t some, old;
  sigemptyset(&some);
  sigaddset(&some, SIGINT);
  sigaddset(&some, SIGTERM);
  sigaddset(&some, SIGWINCH);
  sigprocmask(SIG_BLOCK, &some, &old);
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  sigprocmask(SIG_SETMASK, &old, NULL);
  return child;
}

// All but those that a process sends itself by a mistake.
pid_t start_blocked(char *const argv[]) {
  sigset_t most, old;
  sigfillset(&most);
  sigdelset(&most, SIGSEGV);
  sigdelset(&most, SIGBUS);
  sigdelset(&most, SIGABRT);
  sigprocmask(SIG_SETMASK, &most, &old);
  pid_t child = vfork();  // site: verified
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  sigprocmask(SIG_SETMASK, &old, NULL);
  return child;
}
