#include <stdlib.h>
#include <unistd.h>

pid_t split_process(int *counter);

int start(char *const argv[]) {
  int counter = 0;
  switch (split_process(&counter)) {
  case -1:
    return -1;
  case 0:
    setenv("PART", "child", 1);  // expect: child-environment setenv
    execv(argv[0], argv);
    _exit(127);
  }
  return counter;
}
