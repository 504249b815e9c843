// Assembly without an instruction is a barrier for the compiler alone.
#include <unistd.h>

int start(char *const argv[])
{
    pid_t pid = fork(); // site: verified
    if (pid == 0) {
        __asm__ volatile("" ::: "memory");
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}
