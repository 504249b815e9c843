// Every call of the child goes through a macro that jumps to the common error report.
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <unistd.h>

#define TRY(call) \
  do { \
    if ((call) == -1) \
      goto failed; \
  } while (0)

static void become(int report, int in, const char *folder, char *const argv[]) {
  int problem;
  TRY(dup2(in, 0));
  TRY(close(in));
  if (folder)
    TRY(chdir(folder));
  TRY(setgroups(0, NULL));  // expect: child-unsafe-call setgroups
  execv(argv[0], argv);
failed:
  problem = errno;
  while (write(report, &problem, sizeof problem) == -1 && errno == EINTR)
    ;
}

int start(int report, int in, const char *folder, char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    become(report, in, folder, argv);
    _exit(255);
  }
  return child == -1 ? -errno : 0;
}
