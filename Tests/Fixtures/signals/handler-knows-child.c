// A handler that returns at once while a child runs on the parent's memory does no harm there.
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t in_child;
static volatile sig_atomic_t children_changed;
static volatile sig_atomic_t interrupted;

static void on_signal(int number) {
  if (in_child)
    return;
  if (number == SIGCHLD)
    children_changed = 1;
  else
    interrupted = 1;
}

static void set_mask(int how, int number) {
  sigset_t set;
  sigemptyset(&set);
  if (number)
    sigaddset(&set, number);
  else
    sigfillset(&set);
  sigprocmask(how, &set, NULL);
}

static pid_t start(char **argv) {
  sigset_t none;
  pid_t child;

  set_mask(SIG_BLOCK, 0);
  in_child = 1;
  child = vfork();  // site: verified
  if (child == 0) {
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(argv[0], argv, NULL);
    _exit(127);
  }
  in_child = 0;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  return child;
}

static pid_t start_unmarked(char **argv) {
  sigset_t none;
  pid_t child;

  set_mask(SIG_BLOCK, 0);
  child = vfork();  // site: violations
  if (child == 0) {
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);  // expect: vfork-signals sigprocmask
    execve(argv[0], argv, NULL);
    _exit(127);
  }
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  return child;
}

static pid_t start_marked_unblocked(char **argv) {
  pid_t child;

  in_child = 1;
  child = vfork();  // site: verified
  if (child == 0) {
    execve(argv[0], argv, NULL);
    _exit(127);
  }
  in_child = 0;
  return child;
}

int main(int argc, char **argv) {
  signal(SIGINT, on_signal);
  signal(SIGCHLD, on_signal);
  if (argc > 2)
    start(argv + 1);
  else if (argc > 3)
    start_marked_unblocked(argv + 1);
  else
    start_unmarked(argv + 1);
  return interrupted + children_changed;
}
