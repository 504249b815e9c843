/* The child writes to a local of the function that called the spawning function: through one pointer, and through
 * another that says that the change is meant. */
#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

struct plan {
    int *steps;
    int count;
    char *const *arguments;
    char *const *environment;
};

static void consume(struct plan *plan)
{
    plan->steps++; // expect: vfork-writes-parent -
    plan->count--; // expect: vfork-writes-parent -
}

static pid_t spawn(struct plan *plan)
{
    pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork
    if (pid == 0) {
        while (plan->count > 0)
            consume(plan);
        execve(plan->arguments[0], plan->arguments, plan->environment);
        _exit(127);
    }
    return pid;
}

pid_t start(char *const arguments[], char *const environment[])
{
    struct plan plan = {calloc(4, sizeof(int)), 4, arguments, environment};
    pid_t pid = spawn(&plan);
    free(plan.steps);
    return pid;
}

static pid_t spawn_and_tell(char *const arguments[], char *const environment[], volatile int *error)
{
    pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork
    if (pid == 0) {
        execve(arguments[0], arguments, environment);
        *error = errno;
        _exit(127);
    }
    return pid;
}

pid_t start_and_tell(char *const arguments[], char *const environment[])
{
    volatile int error = 0;
    pid_t pid = spawn_and_tell(arguments, environment, &error);
    return error == 0 ? pid : -1;
}
