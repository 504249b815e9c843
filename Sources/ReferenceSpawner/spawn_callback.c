#define _GNU_SOURCE
#include <unistd.h>

#include "child.h"
#include "spawn.h"

/* fork(), not _Fork(): the callback is the caller's, whose libraries may count on their handlers. */
pid_t spawn_with_callback(const struct plan *plan)
{
    const struct spawner_request *request = plan->request;
    pid_t pid = fork();
    if (pid == 0) {
        child_prepare(plan);
        child_change_identity(plan);
        int error = request->unsafe_child_callback(request->unsafe_child_context);
        if (error != 0)
            child_fail_with(plan, SPAWNER_STAGE_CALLBACK, error);
        child_exec(plan);
    }
    return pid;
}
