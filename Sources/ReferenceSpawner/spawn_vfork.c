#define _GNU_SOURCE
#include <unistd.h>

#include "child.h"
#include "spawn.h"

/* A function of its own, never inlined: what the compiler keeps in registers or on the stack for a caller is out of the
 * child's reach, which runs on this very stack. Nothing here is used after the call but its result. */
__attribute__((noinline)) pid_t spawn_by_vfork(const struct plan *plan)
{
    pid_t pid = vfork();
    if (pid == 0) {
        child_prepare(plan);
        child_exec(plan);
    }
    return pid;
}
