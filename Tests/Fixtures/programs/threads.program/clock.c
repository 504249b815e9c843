#include <pthread.h>
#include <unistd.h>

static void *tick(void *data) {
  for (;;)
    sleep(1);
  return data;
}

int start_clock(void) {
  pthread_t thread;
  return pthread_create(&thread, NULL, tick, NULL);
}
