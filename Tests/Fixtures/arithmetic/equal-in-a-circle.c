// Two numbers, each equal to something made from the other.
#include <unistd.h>

int start(char *const argv[], int a, int b)
{
    if (a == b + 1 && b == a - 1 && a > 2) {
        pid_t pid = fork(); // site: verified
        if (pid == 0) {
            execve(argv[0], argv, NULL);
            _exit(127);
        }
        return pid > 0;
    }
    return 0;
}
