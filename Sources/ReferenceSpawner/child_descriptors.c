#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "child.h"

/* Returns -1 with errno, else something else. The copy is inherited over exec. */
static int copy(int from, int to)
{
    int result;
    do
        result = dup2(from, to);
    while (result < 0 && errno == EINTR);
    return result;
}

/* Copies the spare descriptor to its place and closes it. */
static int copy_spare(int spare, int to)
{
    int result = copy(spare, to);
    if (result >= 0)
        close(spare);
    return result;
}

void child_place_descriptors(const struct plan *plan)
{
    int spare = -1;
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct descriptor_step *step = &plan->steps[i];
        int result = 0;
        switch (step->action) {
        case DESCRIPTOR_COPY:
            result = copy(step->from, step->to);
            break;
        case DESCRIPTOR_KEEP:
            result = fcntl(step->to, F_SETFD, 0);
            break;
        case DESCRIPTOR_SAVE:
            result = spare = fcntl(step->from, F_DUPFD_CLOEXEC, 0);
            break;
        case DESCRIPTOR_COPY_SPARE:
            result = copy_spare(spare, step->to);
            break;
        case DESCRIPTOR_CLOSE:
            /* It may be closed already; that is what is wanted. */
            close(step->to);
            break;
        }
        if (result < 0)
            child_fail(plan, SPAWNER_STAGE_DESCRIPTORS);
    }
}
