// Everybody but the child leaves early.
#include <stdio.h>
#include <unistd.h>

pid_t start(char *const argv[]) {
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child != 0)
    return child;
  close(0);
  execv(argv[0], argv);
  _exit(127);
  puts("never executed");
  return 0;
}
