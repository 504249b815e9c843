// A program that makes a thread somewhere: its fork children are those of a threaded process.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *tick(void *data) {
  for (;;)
    sleep(1);
  return data;
}

static int start_clock(void) {
  pthread_t thread;
  return pthread_create(&thread, NULL, tick, NULL);
}

static pid_t start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}

int main(int count, char **arguments) {
  if (count < 2 || start(arguments + 1) < 0)
    return 1;
  return start_clock();
}
