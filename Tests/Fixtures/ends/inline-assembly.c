// Inline assembly in the child may do anything.
#include <unistd.h>

int start(char *const argv[])
{
    pid_t pid = fork(); // site: unproven
    if (pid == 0) {
        long result;
        __asm__ volatile("syscall" : "=a"(result) : "a"(112L) : "rcx", "r11", "memory");
        if (result < 0)
            _exit(126);
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}
