#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "child.h"

/* The candidate is not there, so the next one may be. The list is that of execvpe in the GNU C Library. */
static int is_absent(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ESTALE:
    case ENODEV:
    case ETIMEDOUT:
        return 1;
    default:
        return 0;
    }
}

void child_exec(const struct plan *plan)
{
    int error = pthread_sigmask(SIG_SETMASK, &plan->mask, NULL);
    if (error != 0)
        child_fail_with(plan, SPAWNER_STAGE_MASK, error);
    error = ENOENT;
    int is_refused = 0;
    for (const char *const *candidate = (const char *const *)plan->candidates; *candidate != NULL; candidate++) {
        execve(*candidate, plan->request->arguments, plan->environment);
        error = errno;
        if (error == EACCES)
            is_refused = 1;
        else if (!is_absent(error))
            child_fail_with(plan, SPAWNER_STAGE_EXEC, error);
    }
    child_fail_with(plan, SPAWNER_STAGE_EXEC, is_refused ? EACCES : error);
}
