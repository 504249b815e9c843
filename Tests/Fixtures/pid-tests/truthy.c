// `if (pid)` holds for the parent and for the error; the else branch is the child.
#include <stdio.h>
#include <unistd.h>

int run_tool(char *const argv[]) {
  int child = fork();  // site: violations
  if (child) {
    if (child < 0)
      perror("fork");
    else
      puts("started");
  } else {
    fputs("child\n", stderr);  // expect: child-stdio fputs
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
