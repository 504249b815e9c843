// The child replaces the routine that ends the program by its own before anything can fail.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void end_loudly(const char *what) {
  perror(what);
  exit(128);
}

static void end_quietly(const char *what) {
  ssize_t ignored = write(2, what, strlen(what));
  (void)ignored;
  _exit(128);
}

static void (*end_routine)(const char *) = end_loudly;

static void die(const char *what) {
  end_routine(what);
}

pid_t start(const char *folder, char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child < 0)
    die("fork");
  if (child == 0) {
    end_routine = end_quietly;
    if (folder && chdir(folder) < 0)
      die("chdir");
    execv(argv[0], argv);
    die("exec");
  }
  return child;
}
