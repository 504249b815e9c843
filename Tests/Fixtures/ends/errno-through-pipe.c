// A spawner as it should be: the child reports errno through a pipe that exec closes.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STEP_FOLDER, STEP_INPUT, STEP_EXEC };

static void report_and_exit(int fd, int step) {
  int report[2] = {step, errno};
  ssize_t done;
  do
    done = write(fd, report, sizeof report);
  while (done == -1 && errno == EINTR);
  _exit(127);
}

static void child_side(int fd, int in, const char *folder, char *const argv[], char *const envp[]) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int number = 1; number < 32; number++)
    if (number != SIGKILL && number != SIGSTOP)
      sigaction(number, &standard, NULL);
  if (folder && chdir(folder) < 0)
    report_and_exit(fd, STEP_FOLDER);
  if (in == 0) {
    int flags = fcntl(0, F_GETFD);
    if (flags < 0 || fcntl(0, F_SETFD, flags & ~FD_CLOEXEC) < 0)
      report_and_exit(fd, STEP_INPUT);
  } else if (dup2(in, 0) < 0) {
    report_and_exit(fd, STEP_INPUT);
  }
  execve(argv[0], argv, envp);
  report_and_exit(fd, STEP_EXEC);
}

pid_t start(int in, const char *folder, char *const argv[], char *const envp[]) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0)
    return -1;
  pid_t child = fork();  // site: verified
  if (child == 0)
    child_side(ends[1], in, folder, argv, envp);
  close(ends[1]);
  int report[2];
  ssize_t got = child > 0 ? read(ends[0], report, sizeof report) : 0;
  close(ends[0]);
  if (got == (ssize_t)sizeof report) {
    waitpid(child, NULL, 0);
    errno = report[1];
    return -1;
  }
  return child;
}
