// A helper that the parent uses as well: the place is the child's call, also one function further down.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *join(const char *folder, const char *name) {
  char *path = malloc(strlen(folder) + strlen(name) + 2);
  if (path) {
    strcpy(path, folder);
    strcat(path, "/");
    strcat(path, name);
  }
  return path;
}

static void become(const char *folder, char *const argv[]) {
  char *path = join(folder, argv[0]);  // expect: child-allocates join
  if (path)
    execv(path, argv);
  _exit(127);
}

int start(const char *folder, char *const argv[]) {
  char *path = join(folder, argv[0]);
  int exists = path && access(path, X_OK) == 0;
  free(path);
  if (!exists)
    return -1;
  pid_t child = fork();  // site: violations
  if (child == 0)
    become(folder, argv);
  return child;
}
