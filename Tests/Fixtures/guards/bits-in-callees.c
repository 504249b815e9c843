// What is known of single bits holds in functions that are called, behind pointers too, and from small functions that
// test them.
#include <unistd.h>

enum { no_vfork = 1, sets_groups = 2, sets_group = 4, sets_user = 8, own_session = 16 };

struct request {
  unsigned flags;
  uid_t user;
};

struct plan {
  const struct request *request;
};

static int needs_fork(const struct request *request) {
  return (request->flags & (no_vfork | sets_groups | sets_group | sets_user)) != 0;
}

static void run(const struct request *request) {
  if ((request->flags & sets_user) != 0 && setresuid(request->user, request->user, request->user) != 0)
    _exit(1);
  _exit(127);
}

static void run_plan(const struct plan *plan) {
  if ((plan->request->flags & sets_user) != 0 && setreuid(plan->request->user, plan->request->user) != 0)
    _exit(1);
  if ((plan->request->flags & own_session) != 0)
    setsid();
  _exit(127);
}

pid_t start(const struct request *request) {
  pid_t child;

  if ((request->flags & (no_vfork | sets_groups | sets_group | sets_user)) != 0)
    return -1;
  child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0)
    run(request);
  return child;
}

pid_t start_by_test(const struct request *request) {
  pid_t child;

  if (needs_fork(request))
    return -1;
  child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    if ((request->flags & sets_user) != 0)
      setuid(request->user);
    _exit(127);
  }
  return child;
}

pid_t start_plan(const struct plan *plan) {
  pid_t child;

  if ((plan->request->flags & (no_vfork | sets_groups | sets_group | sets_user)) != 0)
    return -1;
  child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0)
    run_plan(plan);
  return child;
}

static void run_anyway(const struct plan *plan) {
  if ((plan->request->flags & sets_user) != 0)
    setuid(plan->request->user);  // expect: vfork-set-id setuid
  _exit(127);
}

pid_t start_other_bit(const struct plan *plan) {
  pid_t child;

  if ((plan->request->flags & sets_groups) != 0)
    return -1;
  child = vfork();  // site: violations; expect: vfork-signals vfork
  if (child == 0)
    run_anyway(plan);
  return child;
}
