/* Watches the system calls of one thread and of the children that it makes, and lets chosen ones fail: a seccomp filter
 * hands every call to a second thread, which is not suspended when vfork suspends the first. */
#ifndef SUPERVISE_H
#define SUPERVISE_H

#include <sys/types.h>

enum role { PARENT, CHILD };

/* The `turn`-th call (from 0) of `number` by `role` fails with `error`; every one where `turn` is EVERY_TURN. */
struct fault {
    enum role role;
    long number;
    int turn;
    int error;
};

enum { EVERY_TURN = -1, MOST_FAULTS = 4, MOST_CALLS = 4096 };

struct supervision {
    /* To be set by the caller; `is_active` by the work, around what is looked at. */
    volatile int is_active;
    struct fault faults[MOST_FAULTS];
    int fault_count;
    /* What was called, in this order. */
    struct {
        enum role role;
        long number;
        int turn;
    } calls[MOST_CALLS];
    int call_count;
    /* The child has become its program. */
    int is_executed;
    /* How often each fault was met. */
    int met[MOST_FAULTS];
};

/* Runs work(context) in a thread of its own. Returns 0, or an errno value where the kernel does not let us. */
int supervise(struct supervision *supervision, void (*work)(void *context), void *context);

#endif
