/* What the child does, decided before it exists. The child reads a plan and writes nothing of it. */
#ifndef SPAWNER_PLAN_H
#define SPAWNER_PLAN_H

#include <signal.h>
#include <stddef.h>
#include <sys/types.h>

#include "reference_spawner.h"

enum descriptor_action {
    DESCRIPTOR_COPY,       /* from → to */
    DESCRIPTOR_KEEP,       /* `to` stays, over exec too */
    DESCRIPTOR_SAVE,       /* from → the spare descriptor */
    DESCRIPTOR_COPY_SPARE, /* the spare descriptor → to, and it is closed */
    DESCRIPTOR_CLOSE       /* `to` goes */
};

struct descriptor_step {
    enum descriptor_action action;
    int from;
    int to;
};

/* Descriptors to close, both ends included. */
struct descriptor_range {
    unsigned int first;
    unsigned int last;
};

struct plan {
    /* The caller's. */
    const struct spawner_request *request;
    /* Files to try in this order, ending in NULL. */
    const char **candidates;
    char *const *environment;
    /* In this order, then the ranges. */
    struct descriptor_step *steps;
    size_t step_count;
    struct descriptor_range *ranges;
    size_t range_count;
    /* No descriptor has this number or a higher one, as far as the limit tells: the end where each must be tried. */
    unsigned int descriptor_end;
    /* The writing end of the report pipe; no `to` and in no range. */
    int report;
    /* The program's signal mask. */
    sigset_t mask;
};

/* All of these are the parent's. They return 0 or an errno value. */

/* EINVAL or EBADF. */
int check_request(const struct spawner_request *request);
/* Allocates the steps; the report pipe must not exist yet. */
int plan_steps(struct plan *plan);
/* Allocates the ranges; `plan->report` is final. */
int plan_ranges(struct plan *plan);
/* Allocates the candidates. */
int plan_candidates(struct plan *plan);
/* Frees what the three allocated. */
void plan_free(struct plan *plan);

#endif
