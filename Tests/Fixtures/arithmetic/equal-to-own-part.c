// A number that is compared with what was made from it.
#include <unistd.h>

int start(char *const argv[], unsigned flags)
{
    if (flags == (flags & 7u) && flags > 2) {
        pid_t pid = fork(); // site: verified
        if (pid == 0) {
            execve(argv[0], argv, NULL);
            _exit(127);
        }
        return pid > 0;
    }
    return 0;
}
