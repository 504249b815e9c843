// Handlers come by way of a wrapper and of a table; what one of them calls takes a lock.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static void reload(void) {
  pthread_mutex_lock(&guard);
  pthread_mutex_unlock(&guard);
}

static void on_hangup(int number) {
  (void)number;
  reload();
}

static const struct {
  int number;
  void (*run)(int);
} table[] = {{SIGHUP, on_hangup}};

static void on(int number, void (*run)(int)) {
  struct sigaction action;
  action.sa_handler = run;
  action.sa_flags = 0;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

void prepare(void) {
  for (unsigned i = 0; i < sizeof table / sizeof *table; i++)
    on(table[i].number, table[i].run);
}

pid_t start(char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
