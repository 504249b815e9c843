// In a child that forks, both arms are inside the outer child.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int start_watched(char *const watcher[], char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    pid_t inner = fork();  // site: violations
    if (inner == 0) {
      puts("inner child");  // expect: child-stdio puts
      execv(argv[0], argv);
      _exit(127);
    }
    printf("inner parent of %d\n", (int)inner);  // expect: child-stdio printf
    execv(watcher[0], watcher);
    _exit(126);
  }
  printf("outer parent of %d\n", (int)child);
  return child;
}
