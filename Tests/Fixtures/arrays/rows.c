// Arrays inside arrays: a row's elements are not those of its neighbours, however they are reached.
#include <stdio.h>
#include <unistd.h>

static const int limits[3][2] = {{1, 2}, {3, 4}, [2][1] = 6};

pid_t start(char *const argv[]) {
  int ends[3][2] = {{7, 8}, {-1, -1}};
  int (*second)[2] = ends + 1;
  int *third = ends[2];
  third[1] = 9;
  (*second)[1] = 10;
  second[0][0] = 11;
  ends[0][0] = 12;
  pid_t pid = fork();  // site: violations
  if (pid == 0) {
    if (limits[0][1] != 2 || limits[1][1] != 4 || limits[2][0] != 0 || limits[2][1] != 6)
      puts("never");
    if (ends[0][0] != 12 || ends[0][1] != 8 || ends[1][0] != 11 || ends[1][1] != 10)
      puts("never");
    if (ends[2][0] != 0 || *(ends[2] + 1) != 9 || (*(ends + 2))[1] != 9 || 1 [third] != 9)
      puts("never");
    if (ends[1][1] == 10)
      puts("always");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  return pid;
}

// The first element is written: the others keep what they have.
pid_t start_first(char *const argv[]) {
  int ends[2] = {0};
  ends[0] = -1;
  pid_t pid = fork();  // site: verified
  if (pid == 0) {
    if (ends[1] != 0 || ends[0] != -1)
      puts("never");
    execv(argv[0], argv);
    _exit(127);
  }
  return pid;
}

// Of an unknown number, any of them may be it.
pid_t start_any(char *const argv[], int number) {
  int ends[2] = {0, 0};
  ends[number] = 1;
  pid_t pid = fork();  // site: violations
  if (pid == 0) {
    if (ends[1] != 0)
      puts("perhaps");  // expect: child-stdio puts
    if (ends[0] != 0)
      puts("perhaps");  // expect: child-stdio puts
    execv(argv[0], argv);
    _exit(127);
  }
  return pid;
}
