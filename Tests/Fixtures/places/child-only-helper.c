// The same helper, used in the child alone: the place is inside it.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *join(const char *folder, const char *name) {
  char *path = malloc(strlen(folder) + strlen(name) + 2);  // expect: child-allocates malloc
  if (path) {
    strcpy(path, folder);
    strcat(path, "/");
    strcat(path, name);
  }
  return path;
}

static void become(const char *folder, char *const argv[]) {
  char *path = join(folder, argv[0]);
  if (path)
    execv(path, argv);
  _exit(127);
}

int start(const char *folder, char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0)
    become(folder, argv);
  return child;
}
