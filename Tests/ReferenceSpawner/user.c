/* A program that hands in a callback. Analysed together with it, the library has no unknown code left in its children. */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "reference_spawner.h"

/* Only async-signal-safe calls: they are part of the child. */
static int enter(void *context)
{
    return chroot(context) == 0 && chdir("/") == 0 ? 0 : errno;
}

/* program ROOT PROGRAM ARGUMENT… */
int main(int argc, char **argv)
{
    struct spawner_result result;
    struct spawner_request request = {.program = argv[2], .arguments = argv + 2};
    if (argc < 3)
        return 2;
    if (argv[1][0] != '\0') {
        request.unsafe_child_callback = enter;
        request.unsafe_child_context = argv[1];
    }
    return spawner_start(&request, &result) != 0 || waitpid(result.pid, NULL, 0) < 0;
}
