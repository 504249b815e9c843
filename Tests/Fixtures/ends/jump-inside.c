// setjmp and longjmp both in the child: nothing is left.
#include <setjmp.h>
#include <unistd.h>

static jmp_buf again;

static void attempt(const char *path, char *const argv[]) {
  execv(path, argv);
  longjmp(again, 1);
}

int start(char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    if (setjmp(again) == 0)
      attempt("/usr/local/bin/tool", argv);
    execv("/usr/bin/tool", argv);
    _exit(127);
  }
  return child;
}
