// Nobody keeps the result: the condition itself decides.
#include <stdio.h>
#include <unistd.h>

void run_detached(char *const argv[]) {
  if (fork() == 0) {  // site: violations
    puts("child");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  puts("parent or error");
}

void run_quickly(char *const argv[]) {
  if (vfork())  // site: verified; expect: vfork-signals vfork
    return;
  execv(argv[0], argv);
  _exit(127);
}
