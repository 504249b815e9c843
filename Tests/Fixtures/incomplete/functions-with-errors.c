// incomplete
// A function is analysed as far as clang understood it. What is missing may do anything.
#include <stdio.h>
#include <unistd.h>

void declares(char **argv) {
  unknown_type_t x = make(3);
  pid_t pid = fork();  // site: violations
  if (pid == 0) {
    printf("hello\n");  // expect: child-stdio printf
    execv(argv[0], argv);
    _exit(127);
  }
}

void takes(char **argv, missing_t *more) {
  pid_t pid = fork();  // site: violations
  if (pid == 0) {
    more->count++;  // expect: unknown-call <not-understood>
    printf("hello\n");  // expect: child-stdio printf
    execv(argv[0], argv);
    _exit(127);
  }
}

missing_t *returns(char **argv) {
  pid_t pid = fork();  // site: unproven
  if (pid == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return 0;
}

int in_child(char **argv) {
  pid_t pid = fork();  // site: unproven
  if (pid == 0) {
    unknown_type_t x;
    x.value = 3;
    execv(argv[0], argv);  // expect: unknown-call <not-understood>
    _exit(127);
  }
  return 0;
}

// The child ends, even if clang refuses the call; the function is left of it.
int ends(char **argv) {
  pid_t pid = fork();  // site: unproven
  if (pid == 0) {
    execv(argv[0], argv);
    _exit(126, 127);
  }
  return pid;
}

int ends_alone(char **argv) {
  pid_t pid = vfork();  // site: unproven; expect: vfork-signals vfork
  if (pid == 0)
    if (execv(argv[0], argv) < 0) _exit(126, 127);
  return pid;
}

int decides(char **argv) {
  pid_t pid = fork();  // site: violations
  if (pid == 0) {
    if (NOT_KNOWN & 3) printf("maybe\n");  // expect: child-stdio printf
    while (NOT_KNOWN) printf("again\n");    // expect: child-stdio printf
    execv(argv[0], argv);
    _exit(127);
  }
  return 0;
}
