#define _GNU_SOURCE
#include <unistd.h>

#include "child.h"
#include "spawn.h"

/* A function of its own, never inlined: what the compiler keeps in registers or on the stack for a caller is out of the
 * child's reach, which runs on this very stack. The one variable that both use is volatile. */
__attribute__((noinline)) pid_t spawn_by_vfork(const struct plan *plan, int *was_suspended)
{
    /* Emulators and thread sanitizers make a fork of vfork; then what the child writes does not come through. */
    volatile int is_shared = 0;
    pid_t pid = vfork();
    if (pid == 0) {
        is_shared = 1;
        child_prepare(plan);
        child_exec(plan);
    }
    *was_suspended = is_shared;
    return pid;
}
