// The pid lives in a member of the job, and is tested there.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct job {
  int flags;
  pid_t pid;
};

int job_start(struct job *job, char *const argv[]) {
  job->pid = fork();  // site: violations
  if (job->pid < 0) {
    perror("fork");
    return -1;
  }
  if (job->pid == 0) {
    char *room = malloc(16);  // expect: child-allocates malloc
    if (room)
      execv(argv[0], argv);
    _exit(1);
  }
  printf("job %d\n", (int)job->pid);
  return 0;
}
