/* The files that a search tries, as whole paths: joining them needs memory. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"

static const char *folders_of(const struct spawner_request *request)
{
    if (request->search_path != NULL)
        return request->search_path;
    const char *path = getenv("PATH");
    return path != NULL ? path : "/bin:/usr/bin";
}

/* One candidate; `folder` has `length` bytes. Returns the place behind it. */
static char *join(char *room, const char *folder, size_t length, const char *program)
{
    memcpy(room, folder, length);
    room += length;
    if (length > 0)
        *room++ = '/';
    size_t size = strlen(program) + 1;
    memcpy(room, program, size);
    return room + size;
}

int plan_candidates(struct plan *plan)
{
    const char *program = plan->request->program;
    if (strchr(program, '/') != NULL || program[0] == '\0') {
        plan->candidates = calloc(2, sizeof *plan->candidates);
        if (plan->candidates == NULL)
            return ENOMEM;
        plan->candidates[0] = program;
        return 0;
    }
    const char *folders = folders_of(plan->request);
    size_t count = 1;
    for (const char *at = folders; *at != '\0'; at++)
        count += *at == ':';
    /* Pointers, then texts: each folder with a slash or a colon's place, and the program's name. */
    size_t pointers = (count + 1) * sizeof *plan->candidates;
    plan->candidates = malloc(pointers + strlen(folders) + count * (strlen(program) + 2));
    if (plan->candidates == NULL)
        return ENOMEM;
    char *room = (char *)plan->candidates + pointers;
    const char *folder = folders;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(folder, ":");
        /* A folder that is too long for any path holds no program; it does not end the search. */
        if (length < PATH_MAX) {
            plan->candidates[used++] = room;
            room = join(room, folder, length, program);
        }
        folder += length + 1;
    }
    plan->candidates[used] = NULL;
    return 0;
}

void plan_free(struct plan *plan)
{
    free(plan->steps);
    free(plan->ranges);
    free(plan->candidates);
}
