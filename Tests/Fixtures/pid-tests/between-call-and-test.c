// What stands between the call and the test runs in both processes.
#include <errno.h>
#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

int start(char *const argv[]) {
  pid_t child = fork();  // site: violations
  int problem = errno;
  syslog(LOG_INFO, "forked: %d", (int)child);  // expect: child-unsafe-call syslog
  if (child < 0) {
    fprintf(stderr, "error %d\n", problem);
    return -1;
  }
  if (child > 0)
    return 0;
  execv(argv[0], argv);
  _exit(127);
}
