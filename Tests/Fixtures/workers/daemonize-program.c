// The same in a program with one thread: the child still leaves; main's code behind it is not looked at.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void go_to_background(void) {
  pid_t child = fork();  // site: violations
  if (child < 0)
    _exit(1);
  if (child > 0)
    _exit(0);
  setsid();
}  // expect: child-leaves -

int main(void) {
  go_to_background();
  char *room = malloc(100);
  printf("serving with %p\n", (void *)room);
  pause();
  return 0;
}
