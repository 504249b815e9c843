// The pid is a static variable of the file.
#include <stdio.h>
#include <unistd.h>

static pid_t helper;

int start_helper(char *const argv[]) {
  helper = fork();  // site: violations
  if (helper == -1) {
    perror("fork");
    return -1;
  }
  if (!helper) {
    puts("helper");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  printf("helper is %d\n", (int)helper);
  return 0;
}
