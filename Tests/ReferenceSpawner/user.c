/* A program that hands in a callback. Analysed together with it, the library has no unknown code left in its children. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "reference_spawner.h"

/* Only async-signal-safe calls: they are part of the child. The alarm survives exec and ends the program. */
static int limit_time(void *context)
{
    return alarm(*(unsigned int *)context) == 0 ? 0 : EBUSY;
}

/* user SECONDS PROGRAM ARGUMENT… */
int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    unsigned int seconds = (unsigned int)strtoul(argv[1], NULL, 10);
    struct spawner_result result;
    struct spawner_request request = {.program = argv[2], .arguments = argv + 2};
    if (seconds > 0) {
        request.unsafe_child_callback = limit_time;
        request.unsafe_child_context = &seconds;
    }
    return spawner_start(&request, &result) != 0 || waitpid(result.pid, NULL, 0) < 0;
}
