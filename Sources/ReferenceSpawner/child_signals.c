#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>

#include "child.h"

/* Signals are blocked until child_exec, so that no handler of the parent runs here, in a vfork child even in the
 * parent's memory. Handlers must be gone before signals are let through; exec would reset them too late. */
void child_reset_signals(const struct plan *plan)
{
    const sigset_t *defaults = plan->request->default_signals;
    struct sigaction reset = {.sa_handler = SIG_DFL};
    for (int signal = 1; signal < NSIG; signal++) {
        struct sigaction action;
        if (signal == SIGKILL || signal == SIGSTOP)
            continue;
        if (defaults == NULL || sigismember(defaults, signal) != 1) {
            /* Those that the C library keeps for itself are refused here; they address threads, not this child. */
            if (sigaction(signal, NULL, &action) != 0)
                continue;
            if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN)
                continue;
        }
        if (sigaction(signal, &reset, NULL) != 0 && errno != EINVAL)
            child_fail(plan, SPAWNER_STAGE_SIGNALS);
    }
}
