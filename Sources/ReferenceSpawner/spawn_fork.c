#define _GNU_SOURCE
#include <features.h>
#include <unistd.h>

#include "child.h"
#include "spawn.h"

/* Handlers of pthread_atfork have no business in a child that makes system calls only; _Fork does not run them. */
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
#define PLAIN_FORK _Fork
#else
#define PLAIN_FORK fork
#endif

pid_t spawn_by_fork(const struct plan *plan)
{
    pid_t pid = PLAIN_FORK();
    if (pid == 0) {
        child_prepare(plan);
        child_change_identity(plan);
        child_exec(plan);
    }
    return pid;
}
