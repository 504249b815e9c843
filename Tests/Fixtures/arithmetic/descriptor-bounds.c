// Small bounds outlive loops: a count of three at least stays one, and what is not below it is above 2.
#include <assert.h>
#include <fcntl.h>
#include <unistd.h>

struct options {
    int count;
};

void close_extra(int fd)
{
    assert(fd > STDERR_FILENO);
    close(fd);
}

static void connect_all(int count, int (*pipes)[2])
{
    int fd, to_close, used;
    for (fd = 0; fd < count; fd++) {
        used = pipes[fd][1];
        if (used < 0 || used >= fd)
            continue;
        pipes[fd][1] = fcntl(used, F_DUPFD, count);
    }
    for (fd = 0; fd < count; fd++) {
        to_close = -1;
        used = pipes[fd][1];
        if (used < 0) {
            if (fd >= 3)
                continue;
            used = open("/dev/null", O_RDWR);
            to_close = used;
            if (used < 0)
                _exit(2);
        }
        if (fd != used)
            fd = dup2(used, fd);
        if (fd == -1)
            _exit(1);
        if (to_close >= count)
            close_extra(to_close);
    }
}

static int start(int count, int (*pipes)[2], char *const argv[])
{
    pid_t pid = fork(); // site: verified
    if (pid == 0) {
        connect_all(count, pipes);
        execv(argv[0], argv);
        _exit(127);
    }
    return pid < 0;
}

int spawn(const struct options *options, char *const argv[])
{
    int storage[8][2];
    int count = options->count < 3 ? 3 : options->count;
    if (count > 8)
        return -1;
    for (int i = 0; i < count; i++) {
        storage[i][0] = -1;
        storage[i][1] = -1;
    }
    return start(count, storage, argv);
}
