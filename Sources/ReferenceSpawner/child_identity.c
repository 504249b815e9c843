#define _GNU_SOURCE
#include "child.h"
#include "system.h"

/* Not the C library's functions, which change the ids of all threads: a child has one, and a library that was not told
 * of the fork (see spawn_fork.c) would wait for the others. Never under vfork: a process of another user could take the
 * parent over through the memory that they share. */
void child_change_identity(const struct plan *plan)
{
    const struct spawner_request *request = plan->request;
    if ((request->flags & SPAWNER_GROUPS) != 0
        && syscall(SPAWNER_SETGROUPS, request->group_count, request->groups) != 0)
        child_fail(plan, SPAWNER_STAGE_GROUPS);
    if ((request->flags & SPAWNER_GID) != 0
        && syscall(SPAWNER_SETRESGID, request->gid, request->gid, request->gid) != 0)
        child_fail(plan, SPAWNER_STAGE_GID);
    if ((request->flags & SPAWNER_UID) != 0
        && syscall(SPAWNER_SETRESUID, request->uid, request->uid, request->uid) != 0)
        child_fail(plan, SPAWNER_STAGE_UID);
}
