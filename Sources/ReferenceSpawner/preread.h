#ifndef SPAWNER_PREREAD_H
#define SPAWNER_PREREAD_H

#include "plan.h"

/* The parent: reads what execve will read while it suspends the parent, so that it finds it in the page cache: the head
 * of the first candidate that can be read, and those of its interpreters. Errors are left to execve. */
void preread(const struct plan *plan);

#endif
