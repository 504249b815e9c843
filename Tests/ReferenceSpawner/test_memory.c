/* Each allocation fails in turn: ENOMEM is reported, and nothing is left behind. Linked with --wrap for malloc, calloc
 * and free. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "check.h"

static int until_failure = -1;
static int allocated;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void __real_free(void *memory);

static int fails(void)
{
    return until_failure >= 0 && until_failure-- == 0;
}

void *__wrap_malloc(size_t size)
{
    if (fails())
        return NULL;
    allocated++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    if (fails())
        return NULL;
    allocated++;
    return __real_calloc(count, size);
}

void __wrap_free(void *memory)
{
    allocated -= memory != NULL;
    __real_free(memory);
}

int main(void)
{
    char *arguments[] = {(char *)"true", NULL};
    struct spawner_descriptor swap[] = {{0, 1}, {1, 0}};
    struct spawner_request request = {.program = "true",
                                      .arguments = arguments,
                                      .flags = SPAWNER_CLOSE_OTHERS,
                                      .descriptors = swap,
                                      .descriptor_count = 2};
    struct spawner_result result;
    int count = 0;
    do {
        int before = allocated;
        until_failure = count;
        checked_start(&request, &result, "memory");
        CHECK(allocated == before, "allocation %d: %d are left", count, allocated - before);
        CHECK(until_failure >= 0 || (result.error == ENOMEM && result.stage == SPAWNER_STAGE_MEMORY), "%d: %d", count,
              result.error);
        count++;
    } while (until_failure < 0 && count < 100);
    CHECK(result.error == 0 && count == 6, "%d allocations", count - 1);
    waitpid(result.pid, NULL, 0);
    return finish("memory");
}
