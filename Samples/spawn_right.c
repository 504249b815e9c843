/* The twin of spawn_wrong.c: what needs memory, locks or a search is done before the child exists, and the child
 * makes system calls only. It tells why it failed through a pipe; the parent, an ordinary process, finds the words. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

struct command {
    const char *path; /* searched by the caller */
    char *const *arguments;
    char *const *environment; /* with LC_ALL, prepared by the caller */
    const char *directory;
    uid_t user;
};

static void complain(const char *action, const char *object, int error)
{
    fprintf(stderr, "cannot %s %s: error %d\n", action, object, error);
}

/* The child's last words: the number of the error. */
static _Noreturn void fail(int report, int error)
{
    while (write(report, &error, sizeof error) < 0 && errno == EINTR)
        ;
    _exit(127);
}

/* The pid if the program runs, -1 if the child said that it cannot. Its end of the pipe is closed by exec. */
static pid_t wait_for_exec(pid_t pid, int report, const struct command *command)
{
    int error = 0;
    ssize_t length;
    do
        length = read(report, &error, sizeof error);
    while (length < 0 && errno == EINTR);
    close(report);
    if (length != sizeof error)
        return pid;
    waitpid(pid, NULL, 0);
    complain("start", command->path, error);
    return -1;
}

/* Starts a program in a directory of its own; -1 if it does not run. */
pid_t start(const struct command *command)
{
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0)
        return -1;
    pid_t pid = fork(); // site: verified
    if (pid == 0) {
        if (chdir(command->directory) == 0)
            execve(command->path, command->arguments, command->environment);
        fail(report[1], errno);
    }
    int error = errno;
    close(report[1]);
    if (pid < 0) {
        close(report[0]);
        complain("start", command->path, error);
        return -1;
    }
    return wait_for_exec(pid, report[0], command);
}

/* Starts a program as another user. fork(), because setuid() after vfork() asks all threads of the parent to change
 * their user too, and they do not answer a child. */
pid_t start_as_user(const struct command *command)
{
    pid_t pid = fork(); // site: verified
    if (pid == 0) {
        if (setuid(command->user) == 0)
            execve(command->path, command->arguments, command->environment);
        _exit(127);
    }
    return pid;
}
