// A server that forks its workers first; each ends in exit. One thread for certain: the worker may
// print, and the only finding is its end, which flushes and runs what the parent registered.
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 4

static void serve(int listener, int number) {
  printf("worker %d\n", number);
  for (int served = 0; served < 100; served++) {
    int connection = accept(listener, NULL, NULL);
    if (connection < 0)
      return;
    if (write(connection, "hello\n", 6) < 0)
      perror("write");
    close(connection);
  }
}

int main(void) {
  int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  if (listen(listener, 8) < 0)
    return 1;
  for (int i = 0; i < WORKERS; i++) {
    pid_t child = fork();  // site: violations
    if (child < 0) {
      perror("fork");
      return 1;
    }
    if (child == 0) {
      serve(listener, i);
      exit(0);  // expect: child-exit exit
    }
  }
  while (wait(NULL) > 0)
    ;
  return 0;
}
