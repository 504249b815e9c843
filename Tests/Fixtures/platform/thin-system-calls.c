// On no list, but thin system calls: notes, and the site stays verified.
#define _GNU_SOURCE
#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

int start(uid_t user, gid_t group, char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child == 0) {
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) < 0)  // expect: child-unsafe-call prctl
      _exit(1);
    if (setgroups(1, &group) < 0 || setgid(group) < 0)  // expect: child-unsafe-call setgroups
      _exit(1);
    if (setresuid(user, user, user) < 0)  // expect: child-unsafe-call setresuid
      _exit(1);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
