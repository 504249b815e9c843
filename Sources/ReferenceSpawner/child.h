/* What happens in the child: system calls on a plan, and nothing that another thread of the parent could be in the
 * middle of. Under vfork all this runs in the parent's memory, so it writes to its own variables only. */
#ifndef SPAWNER_CHILD_H
#define SPAWNER_CHILD_H

#include "plan.h"

/* Reports errno and ends the child. */
_Noreturn void child_fail(const struct plan *plan, enum spawner_stage stage);
/* Reports `error` and ends the child. */
_Noreturn void child_fail_with(const struct plan *plan, enum spawner_stage stage, int error);

/* Everything that is allowed in each kind of child, up to the limits. */
void child_prepare(const struct plan *plan);
/* No handler of the parent can run afterwards. */
void child_reset_signals(const struct plan *plan);
void child_place_descriptors(const struct plan *plan);
/* Closes the plan's ranges. */
void child_close_others(const struct plan *plan);
/* Groups, group and user; never under vfork. */
void child_change_identity(const struct plan *plan);
/* Sets the mask and executes the first candidate that can be. */
_Noreturn void child_exec(const struct plan *plan);

#endif
