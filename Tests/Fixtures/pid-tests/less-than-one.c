// Two comparisons narrow the pid to exactly 0.
#include <stdio.h>
#include <unistd.h>

int start(char *const argv[]) {
  long child = fork();  // site: violations
  if (child < 1) {
    if (child < 0) {
      perror("fork");
      return -1;
    }
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  puts("parent");
  return 0;
}
