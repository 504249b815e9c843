// The call is retried while the system has no room for a process.
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int start(char *const argv[]) {
  pid_t child;
  int tries = 0;
  while ((child = fork()) < 0 && errno == EAGAIN) {  // site: violations
    if (++tries == 5)
      break;
    printf("no room, try %d\n", tries);
    sleep(1);
  }
  if (child < 0) {
    perror("fork");
    return -1;
  }
  if (child)
    return 0;
  printf("after %d tries\n", tries);  // expect: child-stdio printf
  execv(argv[0], argv);
  _exit(127);
}
