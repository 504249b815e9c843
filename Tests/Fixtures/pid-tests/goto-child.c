// The child's code stands at the end of the function, behind a label.
#include <stdio.h>
#include <unistd.h>

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child < 0)
    goto failed;
  if (child == 0)
    goto child;
  puts("parent");
  return 0;
failed:
  perror("fork");
  return -1;
child:
  puts("child");  // expect: child-stdio puts
  execv(argv[0], argv);
  _exit(127);
}
