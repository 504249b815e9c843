#define _GNU_SOURCE
#include "Restart.h"
#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <unistd.h>

/* What the hardware, the C library, C++ and Swift end a process with, and the clock. */
static const int dangers[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGALRM};
enum { count = sizeof dangers / sizeof *dangers };

static struct sigaction before[count];
static const char *path;
static char *const *words;
static char *const *surroundings;
static struct rlimit memory_before;
static volatile sig_atomic_t is_armed;
/* Processors with large registers store them here. */
static _Alignas(64) char second_stack[1 << 16];

static void start_anew(int signal_number) {
  (void)signal_number;
  sigset_t none;
  sigemptyset(&none);
  alarm(0);
  setrlimit(RLIMIT_AS, &memory_before);
  /* The new program would inherit what is blocked. */
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(path, words, surroundings);
  /* As if nobody had been there. */
  struct sigaction plain = {.sa_handler = SIG_DFL};
  sigaction(signal_number, &plain, NULL);
  raise(signal_number);
}

int restart_arm(const char *program, char *const *arguments, char *const *environment, unsigned seconds,
                rlim_t memory) {
  path = program;
  words = arguments;
  surroundings = environment;
  struct sigaction action = {.sa_handler = start_anew, .sa_flags = SA_ONSTACK};
  sigfillset(&action.sa_mask);
  for (int index = 0; index < count; index++)
    if (sigaction(dangers[index], &action, &before[index]) != 0) {
      while (index-- > 0) sigaction(dangers[index], &before[index], NULL);
      return -1;
    }
  is_armed = 1;
  alarm(seconds);
  getrlimit(RLIMIT_AS, &memory_before);
  struct rlimit less = memory_before;
  if (less.rlim_cur == RLIM_INFINITY || less.rlim_cur > memory) {
    less.rlim_cur = memory;
    setrlimit(RLIMIT_AS, &less);
  }
  return 0;
}

void restart_disarm(void) {
  if (!is_armed) return;
  is_armed = 0;
  alarm(0);
  setrlimit(RLIMIT_AS, &memory_before);
  for (int index = 0; index < count; index++) sigaction(dangers[index], &before[index], NULL);
}

void restart_prepare_thread(void) {
  if (!is_armed) return;
  stack_t stack = {.ss_sp = second_stack, .ss_size = sizeof second_stack};
  sigaltstack(&stack, NULL);
}
