#include <stdlib.h>
#include <unistd.h>

void run_in_child(int in, char *const argv[]);

void run_in_child(int in, char *const argv[]) {
  if (dup2(in, 0) < 0)
    return;
  char *room = malloc(10);  // expect: child-allocates malloc
  if (room)
    execv(argv[0], argv);
}
