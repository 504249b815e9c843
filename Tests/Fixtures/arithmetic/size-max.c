// The greatest size is no negative number.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

int start(char *const argv[], size_t count)
{
    if (count >= SIZE_MAX / sizeof(char *))
        return -1;
    char **copy = malloc((count + 1) * sizeof *copy);
    if (!copy)
        return -1;
    for (size_t i = 0; i <= count; i++)
        copy[i] = argv[i];
    pid_t pid = fork(); // site: verified
    if (pid == 0) {
        execve(copy[0], copy, NULL);
        _exit(127);
    }
    free(copy);
    return pid > 0;
}

int start_unless_unset(char *const argv[], size_t length)
{
    if (length == (size_t)-1)
        return -1;
    if (length > 4096u)
        return -2;
    pid_t pid = fork(); // site: verified
    if (pid == 0) {
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}
