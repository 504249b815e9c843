// A structure filled before the fork: the child runs what was stored, and only that.
#include <stdlib.h>
#include <unistd.h>

struct plan {
  int (*prepare)(const char *folder);
  const char *folder;
};

static int go(const char *folder) {
  return chdir(folder);
}

static int stay(const char *folder) {
  free((void *)folder);
  return 0;
}

int tidy(const char *folder) {
  return stay(folder);
}

static void fill(struct plan *plan, const char *folder) {
  plan->prepare = go;
  plan->folder = folder;
}

int start(const char *folder, char *const argv[]) {
  struct plan plan;
  fill(&plan, folder);
  pid_t child = fork();  // site: verified
  if (child == 0) {
    if (plan.prepare(plan.folder) != 0)
      _exit(126);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
