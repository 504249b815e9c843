/* Placing descriptors is a parallel assignment. The parent puts it into an order in which no descriptor is overwritten
 * before it was copied; where there is none (a swap, a cycle) one spare descriptor breaks each ring. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "plan.h"

struct move {
    int source;
    int target;
    int is_pending;
    /* Pending moves that still need what `target` holds now. */
    size_t readers;
};

static int by_target(const void *left, const void *right)
{
    int one = ((const struct move *)left)->target;
    int other = ((const struct move *)right)->target;
    return (one > other) - (one < other);
}

/* The pending move that writes to `target`. */
static struct move *writer_of(int target, struct move *moves, size_t count)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (moves[middle].target < target)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && moves[low].target == target && moves[low].is_pending ? &moves[low] : NULL;
}

static void add_step(struct plan *plan, enum descriptor_action action, int from, int to)
{
    plan->steps[plan->step_count++] = (struct descriptor_step){action, from, to};
}

/* Copies to `move`'s target, whose content nobody needs any more, and goes on with what this makes free. */
static void place_chain(struct plan *plan, struct move *move, struct move *moves, size_t count)
{
    while (move != NULL && move->readers == 0) {
        add_step(plan, DESCRIPTOR_COPY, move->source, move->target);
        move->is_pending = 0;
        move = writer_of(move->source, moves, count);
        if (move != NULL)
            move->readers--;
    }
}

/* What remains after the chains are rings: each target has one reader. */
static void place_ring(struct plan *plan, struct move *first, struct move *moves, size_t count)
{
    add_step(plan, DESCRIPTOR_SAVE, first->target, -1);
    struct move *move = first;
    while (move != NULL) {
        move->is_pending = 0;
        if (move->source == first->target)
            add_step(plan, DESCRIPTOR_COPY_SPARE, -1, move->target);
        else
            add_step(plan, DESCRIPTOR_COPY, move->source, move->target);
        move = writer_of(move->source, moves, count);
    }
}

static void order_moves(struct plan *plan, struct move *moves, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (moves[i].source == moves[i].target)
            add_step(plan, DESCRIPTOR_KEEP, -1, moves[i].target);
        else
            moves[i].is_pending = moves[i].source != SPAWNER_CLOSED;
    }
    for (size_t i = 0; i < count; i++) {
        struct move *writer = moves[i].is_pending ? writer_of(moves[i].source, moves, count) : NULL;
        if (writer != NULL)
            writer->readers++;
    }
    for (size_t i = 0; i < count; i++) {
        if (moves[i].is_pending)
            place_chain(plan, &moves[i], moves, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (moves[i].is_pending)
            place_ring(plan, &moves[i], moves, count);
    }
    /* Last, since they may be sources; the spare descriptor, which may have such a number, is gone by now. */
    for (size_t i = 0; i < count; i++) {
        if (moves[i].source == SPAWNER_CLOSED)
            add_step(plan, DESCRIPTOR_CLOSE, -1, moves[i].target);
    }
}

int plan_steps(struct plan *plan)
{
    const struct spawner_request *request = plan->request;
    size_t count = request->descriptor_count;
    if (count == 0)
        return 0;
    struct move *moves = calloc(count, sizeof *moves);
    /* A ring of two has three steps, and no other has more for each move. */
    plan->steps = calloc(count, 2 * sizeof *plan->steps);
    if (moves == NULL || plan->steps == NULL) {
        free(moves);
        return ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        moves[i].source = request->descriptors[i].source;
        moves[i].target = request->descriptors[i].target;
    }
    qsort(moves, count, sizeof *moves, by_target);
    int error = 0;
    for (size_t i = 1; i < count; i++) {
        if (moves[i].target == moves[i - 1].target)
            error = EINVAL;
    }
    if (error == 0)
        order_moves(plan, moves, count);
    free(moves);
    return error;
}

static int by_number(const void *left, const void *right)
{
    int one = *(const int *)left;
    int other = *(const int *)right;
    return (one > other) - (one < other);
}

/* Where the limit is not to be had: the most that the kernel allows unless told otherwise (fs.nr_open, proc(5)). */
enum { DESCRIPTORS_BY_DEFAULT = 1 << 20 };

static unsigned int descriptor_end(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return DESCRIPTORS_BY_DEFAULT;
    return limit.rlim_cur > INT_MAX ? INT_MAX : (unsigned int)limit.rlim_cur;
}

int plan_ranges(struct plan *plan)
{
    const struct spawner_request *request = plan->request;
    if ((request->flags & SPAWNER_CLOSE_OTHERS) == 0)
        return 0;
    size_t count = request->descriptor_count + 1;
    int *kept = calloc(count, sizeof *kept);
    plan->ranges = calloc(count + 1, sizeof *plan->ranges);
    if (kept == NULL || plan->ranges == NULL) {
        free(kept);
        return ENOMEM;
    }
    /* Closed targets may count as kept: there is nothing left to close. */
    for (size_t i = 0; i + 1 < count; i++)
        kept[i] = request->descriptors[i].target;
    kept[count - 1] = plan->report;
    qsort(kept, count, sizeof *kept, by_number);
    unsigned int next = 3;
    for (size_t i = 0; i < count; i++) {
        unsigned int number = (unsigned int)kept[i];
        if (number > next)
            plan->ranges[plan->range_count++] = (struct descriptor_range){next, number - 1};
        if (number >= next)
            next = number + 1;
    }
    plan->ranges[plan->range_count++] = (struct descriptor_range){next, UINT_MAX};
    plan->descriptor_end = descriptor_end();
    free(kept);
    return 0;
}
