/* The parent's side. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plan.h"
#include "preread.h"
#include "report.h"
#include "spawn.h"

extern char **environ;

static void release_lock(const struct spawner_request *request)
{
    if (request->release_lock != NULL)
        request->release_lock(request->lock_context);
}

static void take_lock(const struct spawner_request *request)
{
    if (request->take_lock != NULL)
        request->take_lock(request->lock_context);
}

static int needs_fork(const struct spawner_request *request)
{
    return (request->flags & (SPAWNER_FORBID_VFORK | SPAWNER_GROUPS | SPAWNER_GID | SPAWNER_UID)) != 0;
}

/* The kernel has vfork and does not let this process have it: in a time namespace that was just entered (EINVAL, Linux
 * before 6.3), or behind a filter. */
static int is_refused(int error)
{
    return error == EINVAL || error == ENOSYS || error == EPERM;
}

/* Makes the child with all signals blocked, and sets `result->error` or `result->pid`. Returns 1 if the child has executed
 * its program or ended by now. */
static int make_child(struct plan *plan, struct spawner_result *result)
{
    int was_suspended = 0;
    const struct spawner_request *request = plan->request;
    sigset_t all;
    sigset_t callers;
    sigfillset(&all);
    result->error = pthread_sigmask(SIG_SETMASK, &all, &callers);
    if (result->error != 0)
        return 0;
    plan->mask = request->signal_mask != NULL ? *request->signal_mask : callers;
    if (request->unsafe_child_callback != NULL) {
        result->pid = spawn_with_callback(plan);
    } else if (needs_fork(request)) {
        result->pid = spawn_by_fork(plan);
    } else {
        result->pid = spawn_by_vfork(plan, &was_suspended);
        result->used_vfork = 1;
        if (result->pid < 0 && is_refused(errno)) {
            result->pid = spawn_by_fork(plan);
            result->used_vfork = 0;
        }
    }
    if (result->pid < 0)
        result->error = errno;
    pthread_sigmask(SIG_SETMASK, &callers, NULL);
    return was_suspended;
}

static void reap(pid_t pid)
{
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* Takes the child's report; a child that does not run the program is waited for. */
static void hear(const struct report_pipe *pipe, int is_executed, struct spawner_result *result)
{
    struct report report = report_read(pipe, is_executed);
    result->stage = report.stage;
    result->error = report.error;
    if (report.stage == SPAWNER_STAGE_NONE)
        return;
    /* Without a report the child may run anything. */
    if (report.stage == SPAWNER_STAGE_REPORT)
        kill(result->pid, SIGKILL);
    reap(result->pid);
    result->pid = -1;
}

static void open_pidfd(struct spawner_result *result)
{
    result->pidfd = (int)syscall(SYS_pidfd_open, result->pid, 0);
    if (result->pidfd < 0)
        result->pidfd_error = errno;
}

/* With the pipe open, and closed on the way. The callback's child is forked with the lock held, as whoever takes part
 * in such a fork expects; every other child is made without. */
static void spawn(struct plan *plan, const struct report_pipe *pipe, struct spawner_result *result)
{
    const struct spawner_request *request = plan->request;
    int holds_lock = request->unsafe_child_callback != NULL;
    release_lock(request);
    if ((request->flags & SPAWNER_PREREAD) != 0)
        preread(plan);
    if (holds_lock)
        take_lock(request);
    int is_executed = make_child(plan, result);
    if (holds_lock)
        release_lock(request);
    close(pipe->writer);
    if (result->error != 0) {
        result->stage = SPAWNER_STAGE_SPAWN;
        close(pipe->reader);
    } else {
        hear(pipe, is_executed, result);
    }
    if (result->error == 0 && (request->flags & SPAWNER_PIDFD) != 0)
        open_pidfd(result);
    take_lock(request);
}

/* Everything that needs memory. The order matters: the pipe keeps away from targets that are known to be valid, the
 * ranges keep away from the pipe. */
static int prepare(struct plan *plan, struct report_pipe *pipe, struct spawner_result *result)
{
    result->stage = SPAWNER_STAGE_REQUEST;
    result->error = check_request(plan->request);
    if (result->error == 0)
        result->error = plan_steps(plan);
    if (result->error == 0)
        result->error = plan_candidates(plan);
    if (result->error == ENOMEM)
        result->stage = SPAWNER_STAGE_MEMORY;
    if (result->error != 0)
        return -1;
    result->stage = SPAWNER_STAGE_REPORT;
    result->error = report_open(pipe, plan->request);
    if (result->error != 0)
        return -1;
    plan->report = pipe->writer;
    result->stage = SPAWNER_STAGE_MEMORY;
    result->error = plan_ranges(plan);
    if (result->error != 0) {
        close(pipe->reader);
        close(pipe->writer);
        return -1;
    }
    result->stage = SPAWNER_STAGE_NONE;
    return 0;
}

int spawner_start(const struct spawner_request *request, struct spawner_result *result)
{
    int callers_errno = errno;
    int cancel_state;
    *result = (struct spawner_result){.pid = -1, .pidfd = -1};
    struct plan plan = {.request = request};
    plan.environment = request->environment != NULL ? request->environment : environ;
    struct report_pipe pipe;
    /* A thread that is cancelled inside would leave descriptors behind, and a vfork child that shares its thread's
     * state would act on the cancellation. */
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    if (prepare(&plan, &pipe, result) == 0)
        spawn(&plan, &pipe, result);
    plan_free(&plan);
    pthread_setcancelstate(cancel_state, NULL);
    if (result->pid < 0)
        result->used_vfork = 0;
    errno = callers_errno;
    return result->error;
}
