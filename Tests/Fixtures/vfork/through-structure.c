// The child stores into an object of the caller.
#include <unistd.h>

struct job {
  int state;
  pid_t pid;
};

int start(struct job *job, char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    job->state = 127;  // expect: vfork-writes-parent -
    _exit(127);
  }
  job->pid = child;
  return child < 0;
}
