// A wrapper that returns in both processes; the caller goes on in the child.
#include <stdio.h>
#include <unistd.h>

static pid_t counted_fork(int *count) {
  pid_t child = fork();  // site: violations
  if (child > 0)
    ++*count;
  return child;
}

int start(char *const argv[]) {
  int count = 0;
  pid_t child = counted_fork(&count);
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  printf("%d started\n", count);
  return child < 0;
}
