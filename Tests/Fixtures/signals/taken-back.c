// Ways in which a child takes handlers back before it restores the mask.
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void on_stop(int number) { stop = number; }

void prepare(void) {
  signal(SIGINT, on_stop);
  signal(SIGTERM, on_stop);
}

static void forget(int number) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(number, &standard, NULL);
}

pid_t one_after_the_other(char *const argv[], sigset_t *old) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, old);
  pid_t child = vfork();  // site: verified
  if (child == 0) {
    for (int number = 1; number <= SIGRTMAX; number++)
      forget(number);
    sigprocmask(SIG_SETMASK, old, NULL);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}

static const int handled[] = {SIGINT, SIGTERM};

pid_t by_table(char *const argv[], sigset_t *old) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, old);
  pid_t child = vfork();  // site: verified
  if (child == 0) {
    for (unsigned i = 0; i < sizeof handled / sizeof *handled; i++)
      signal(handled[i], SIG_DFL);
    sigprocmask(SIG_SETMASK, old, NULL);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}

// Those of the program by name; what a library installed is left, which is a note.
pid_t by_name(char *const argv[], sigset_t *old) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, old);
  pid_t child = vfork();  // site: verified
  if (child == 0) {
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_IGN);
    sigprocmask(SIG_SETMASK, old, NULL);  // expect: vfork-signals sigprocmask
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
