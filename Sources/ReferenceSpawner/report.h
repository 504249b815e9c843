/* The child's word to its parent: a close-on-exec pipe. Nothing in it and its end means that the program runs. */
#ifndef SPAWNER_REPORT_H
#define SPAWNER_REPORT_H

#include <sys/types.h>

#include "reference_spawner.h"

/* Less than PIPE_BUF, so it is written as a whole or not at all. */
struct report {
    enum spawner_stage stage;
    int error;
};

struct report_pipe {
    int reader;
    int writer;
};

/* The parent: makes the pipe; its writer is no target of the request. Returns 0 or an errno value. */
int report_open(struct report_pipe *report, const struct spawner_request *request);
/* The parent: reads and closes the reader. What it returns holds SPAWNER_STAGE_NONE if the program runs.
 * `is_executed`: the parent was suspended until the child had executed its program or ended, so there is nothing to wait
 * for. Another child, made by another thread just now, may hold the writer too, as long as it likes. */
struct report report_read(const struct report_pipe *report, int is_executed);

#endif
