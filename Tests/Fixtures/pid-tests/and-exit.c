// `fork() && …` ends parent and error; the child goes on behind it.
#include <stdio.h>
#include <unistd.h>

void replace(char *const argv[]) {
  puts("parent");
  fork() && (_exit(0), 1);  // site: violations
  puts("child");  // expect: child-stdio puts
  execv(argv[0], argv);
  _exit(127);
}
