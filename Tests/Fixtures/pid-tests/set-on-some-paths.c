// The pid has a value of its own where nothing was spawned; only a real child may be found.
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int start(int wanted, char *const argv[]) {
  pid_t child = -1;
  if (wanted) {
    do
      child = fork();  // site: violations
    while (child < 0 && errno == EINTR);
  } else {
    errno = ECANCELED;
  }
  if (child < 0) {
    perror("start");
    return -1;
  }
  if (child == 0) {
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  puts("parent");
  return 0;
}
