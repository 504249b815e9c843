// The caller sets the mask only when no user is to be changed; the mask also chooses vfork. So the
// vfork child never changes ids, and the fork child may.
#include <signal.h>
#include <unistd.h>

static pid_t do_spawn(char *const argv[], const sigset_t *mask, int change, uid_t user) {
  pid_t child;
  if (mask)
    child = vfork();  // site: verified
  else
    child = fork();  // site: verified
  if (child != 0)
    return child;
  if (mask)
    sigprocmask(SIG_SETMASK, mask, NULL);  // expect: vfork-signals sigprocmask
  if (change && setuid(user) != 0)
    _exit(126);
  execv(argv[0], argv);
  _exit(127);
}

pid_t start(char *const argv[], int change, uid_t user) {
  sigset_t all, old;
  const sigset_t *mask = NULL;
  if (!change) {
    sigfillset(&all);
    if (sigprocmask(SIG_BLOCK, &all, &old) != 0)
      return -1;
    mask = &old;
  }
  pid_t child = do_spawn(argv, mask, change, user);
  if (mask)
    sigprocmask(SIG_SETMASK, mask, NULL);
  return child;
}
