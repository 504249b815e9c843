// What the caller hands over may return; then the child goes on where the parent does.
#include <stddef.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

typedef void (*work_fn)(void *data);

static void run_program(void *data)
{
    char *const *argv = data;
    execve(argv[0], argv, NULL);
    _exit(127);
}

int launch(work_fn work, void *data)
{
    pid_t pid = fork(); // site: violations
    switch (pid) {
    case -1:
        return -1;
    case 0:
        work(data); // expect: child-callback work
        break;
    default:
        break;
    }
    return (int)pid; // expect: child-leaves -
}

int launch_program(char **argv)
{
    return launch(run_program, argv);
}
