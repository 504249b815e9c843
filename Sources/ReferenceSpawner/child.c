#define _GNU_SOURCE
#include "child.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

void child_fail_with(const struct plan *plan, enum spawner_stage stage, int error)
{
    struct report content = {stage, error};
    while (write(plan->report, &content, sizeof content) < 0 && errno == EINTR)
        ;
    _exit(127);
}

void child_fail(const struct plan *plan, enum spawner_stage stage)
{
    child_fail_with(plan, stage, errno);
}

static void enter_session(const struct plan *plan)
{
    const struct spawner_request *request = plan->request;
    if ((request->flags & SPAWNER_NEW_SESSION) != 0 && setsid() < 0)
        child_fail(plan, SPAWNER_STAGE_SESSION);
    if ((request->flags & SPAWNER_PROCESS_GROUP) != 0 && setpgid(0, request->process_group) != 0)
        child_fail(plan, SPAWNER_STAGE_PROCESS_GROUP);
    if ((request->flags & SPAWNER_TERMINAL) != 0 && ioctl(request->terminal, TIOCSCTTY, 0) != 0)
        child_fail(plan, SPAWNER_STAGE_TERMINAL);
}

static void enter_directory(const struct plan *plan)
{
    const struct spawner_request *request = plan->request;
    if ((request->flags & SPAWNER_DIRECTORY_FD) != 0 && fchdir(request->directory_fd) != 0)
        child_fail(plan, SPAWNER_STAGE_DIRECTORY);
    if (request->directory != NULL && chdir(request->directory) != 0)
        child_fail(plan, SPAWNER_STAGE_DIRECTORY);
}

static void set_limits(const struct plan *plan)
{
    const struct spawner_request *request = plan->request;
    if ((request->flags & SPAWNER_UMASK) != 0)
        umask(request->file_mode_mask);
    if ((request->flags & SPAWNER_PRIORITY) != 0 && setpriority(PRIO_PROCESS, 0, request->priority) != 0)
        child_fail(plan, SPAWNER_STAGE_PRIORITY);
    for (size_t i = 0; i < request->limit_count; i++) {
        if (setrlimit(request->limits[i].resource, &request->limits[i].value) != 0)
            child_fail(plan, SPAWNER_STAGE_LIMITS);
    }
}

void child_prepare(const struct plan *plan)
{
    child_reset_signals(plan);
    enter_session(plan);
    /* Before descriptors move: the directory and the terminal may be given by number. */
    enter_directory(plan);
    child_place_descriptors(plan);
    child_close_others(plan);
    /* Afterwards, as a lower RLIMIT_NOFILE would forbid high targets. */
    set_limits(plan);
}
