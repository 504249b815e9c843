#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>

#include "plan.h"

enum { ALL_FLAGS = (SPAWNER_PREREAD << 1) - 1 };

static int is_open(int descriptor)
{
    return fcntl(descriptor, F_GETFD) >= 0;
}

static int contradicts_itself(const struct spawner_request *request)
{
    unsigned int flags = request->flags;
    if (request->program == NULL || request->arguments == NULL || (flags & ~(unsigned int)ALL_FLAGS) != 0)
        return 1;
    if ((flags & SPAWNER_NEW_SESSION) != 0 ? (flags & SPAWNER_PROCESS_GROUP) != 0 : (flags & SPAWNER_TERMINAL) != 0)
        return 1;
    if ((flags & SPAWNER_DIRECTORY_FD) != 0 && request->directory != NULL)
        return 1;
    return (request->release_lock == NULL) != (request->take_lock == NULL);
}

/* A closed descriptor must be found now: its number may be that of the report pipe later, and a program that inherits
 * the pipe would keep the parent waiting. */
int check_request(const struct spawner_request *request)
{
    if (contradicts_itself(request))
        return EINVAL;
    for (size_t i = 0; i < request->descriptor_count; i++) {
        const struct spawner_descriptor *entry = &request->descriptors[i];
        if (entry->target < 0 || entry->source < SPAWNER_CLOSED)
            return EINVAL;
        if (entry->source != SPAWNER_CLOSED && !is_open(entry->source))
            return EBADF;
    }
    if ((request->flags & SPAWNER_DIRECTORY_FD) != 0 && !is_open(request->directory_fd))
        return EBADF;
    if ((request->flags & SPAWNER_TERMINAL) != 0 && !is_open(request->terminal))
        return EBADF;
    return 0;
}
