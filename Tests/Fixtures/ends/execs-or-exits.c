// A function that always execs or exits: the parent's code behind its call is never the child's.
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static void become(char *const argv[], char *const envp[]) {
  if (envp)
    execve(argv[0], argv, envp);
  else
    execv(argv[0], argv);
  if (errno == ENOENT)
    _exit(127);
  _exit(126);
}

int start(char *const argv[], char *const envp[]) {
  pid_t child = fork();  // site: verified
  if (child == 0)
    become(argv, envp);
  if (child < 0)
    perror("fork");
  printf("started %d\n", (int)child);
  return child;
}
