/* A small process starter as it is often written. It works on the author's machine, and nearly always elsewhere:
 * each marked line is one that a child between fork() or vfork() and exec must not have. Its twin that does the same
 * without them is spawn_right.c. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

struct command {
    const char *program;
    char *const *arguments;
    const char *directory;
    const char *locale;
    uid_t user;
};

static void complain(const char *action, const char *object)
{
    fprintf(stderr, "cannot %s %s: error %d\n", action, object, errno);
}

/* Starts a program in a directory of its own; -1 if there is no child. */
pid_t start(const struct command *command)
{
    pid_t pid = fork(); // site: violations
    if (pid < 0) {
        complain("start", command->program);
        return -1;
    }
    if (pid > 0)
        return pid;

    if (chdir(command->directory) != 0) {
        complain("enter", command->directory); // expect: child-stdio complain
        exit(127); // expect: child-exit exit
    }
    setenv("LC_ALL", command->locale, 1); // expect: child-environment setenv
    execvp(command->program, command->arguments); // expect: child-path-search execvp
    _exit(127);
}

/* Starts a program as another user; fast, since nothing is copied. */
pid_t start_as_user(const struct command *command, char *const environment[])
{
    pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork
    if (pid == 0) {
        if (setuid(command->user) == 0) // expect: vfork-set-id setuid
            execve(command->program, command->arguments, environment);
        _exit(127);
    }
    return pid;
}
