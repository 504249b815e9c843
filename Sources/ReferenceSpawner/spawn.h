/* The three ways to a child. Each returns in the parent only: the child's id, or -1 with errno. */
#ifndef SPAWNER_SPAWN_H
#define SPAWNER_SPAWN_H

#include "plan.h"

/* Suspends the calling thread until the child has executed its program or ended; `*was_suspended` tells whether it really
 * did. */
pid_t spawn_by_vfork(const struct plan *plan, int *was_suspended);
/* With the program's identity. */
pid_t spawn_by_fork(const struct plan *plan);
/* The same, and the request's callback runs in the child. */
pid_t spawn_with_callback(const struct plan *plan);

#endif
