// run: --threads no
// Even with one thread nobody knows what unknown code does: it may call exit.
#include <unistd.h>

void helper(void);

int calls_unknown(char *const argv[])
{
    pid_t pid = fork(); // site: unproven
    if (pid == 0) {
        helper(); // expect: unknown-call helper
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}

int calls_pointer(char *const argv[], void (*callback)(void))
{
    pid_t pid = fork(); // site: unproven
    if (pid == 0) {
        callback(); // expect: child-callback callback
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}
