// A supervisor starts its workers through a function pointer; the worker ends in exit.
// main names it, so it is no child code of its own: the place is the call through the pointer.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

typedef void (*worker_function)(int number);

static void count_up(int number) {
  for (int i = 0; i < number; i++)
    printf("%d\n", i);
  exit(0);
}

static pid_t start_worker(worker_function function, int number) {
  pid_t child = fork();  // site: violations
  switch (child) {
  case -1:
    perror("fork");
    return -1;
  case 0:
    function(number);  // expect: child-exit count_up
    break;
  default:
    printf("worker %d is %d\n", number, (int)child);
    break;
  }
  return child;
}

int main(void) {
  for (int i = 0; i < 3; i++)
    if (start_worker(count_up, i) < 0)
      return 1;
  while (wait(NULL) > 0)
    ;
  return 0;
}
