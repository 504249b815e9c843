// A handler for the child half of fork is child code, whoever forks.
#include <pthread.h>
#include <syslog.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void before(void) {
  pthread_mutex_lock(&lock);
}

static void after_in_parent(void) {
  pthread_mutex_unlock(&lock);
}

static void after_in_child(void) {
  syslog(LOG_INFO, "new process");  // expect: child-unsafe-call syslog
}

int install(void) {
  return pthread_atfork(before, after_in_parent, after_in_child);
}
