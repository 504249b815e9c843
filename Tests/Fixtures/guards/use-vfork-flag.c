// A flag computed before the spawn says which kind was used, and guards what only a fork child may do.
#include <stdbool.h>
#include <unistd.h>

struct request {
  char *const *argv;
  int groups;
  gid_t group;
};

pid_t start(const struct request *request) {
  bool borrowed = request->groups == 0;
  pid_t child = borrowed ? vfork()  // site: verified; expect: vfork-signals vfork
                         : fork();  // site: verified
  if (child)
    return child;
  if (!borrowed && setgid(request->group) < 0)
    _exit(1);
  execv(request->argv[0], request->argv);
  _exit(127);
}
