// Changing ids in a vfork child: every function of the family, reported as the law of vfork that it breaks.
#include <grp.h>
#include <unistd.h>

int start(uid_t user, gid_t group, char *const argv[]) {
  pid_t child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0) {
    if (setgroups(1, &group) < 0)  // expect: vfork-set-id setgroups
      _exit(1);
    if (setgid(group) < 0)  // expect: vfork-set-id setgid
      _exit(1);
    if (setreuid(user, user) < 0)  // expect: vfork-set-id setreuid
      _exit(1);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
