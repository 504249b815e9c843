/* Starts the program anew, with another environment, if this process crashes or hangs while it does something dangerous.
 * One danger at a time; for a process of which nothing was seen yet. */
#ifndef RESTART_H
#define RESTART_H

#include <sys/resource.h>

/* From now on, signals of crashes, and SIGALRM after `seconds`, execute the program with these words; address space
 * is limited to `memory` bytes, since most programs crash where they get no more. The words and all that they point to stay
 * the callee's until the process ends. Returns 0, or -1 where no handler could be set. */
int restart_arm(const char *program, char *const *arguments, char *const *environment, unsigned seconds,
                rlim_t memory);

/* The danger is over: signals do what they did before. */
void restart_disarm(void);

/* For each thread whose stack may overflow: without a second one the signal could not be handled. Without effect while
 * nothing is armed. */
void restart_prepare_thread(void);

#endif
