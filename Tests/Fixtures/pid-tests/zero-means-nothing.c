// 0 stands for "nothing started yet" before the call: that is no child.
#include <stdio.h>
#include <unistd.h>

static pid_t helper;

int ensure_helper(char *const argv[]) {
  if (helper == 0) {
    puts("no helper yet");
    pid_t child = fork();  // site: verified
    if (child == 0) {
      execv(argv[0], argv);
      _exit(127);
    }
    if (child > 0)
      helper = child;
  }
  if (helper == 0)
    puts("still no helper");
  return helper;
}
