// The parent never comes back: what the caller does with the result tells nobody from a parent, and the
// child goes on as the program. Where the parent comes back too, the caller's test counts.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int report = -1;

static int detach(void)
{
    int ends[2];
    if (pipe(ends) < 0)  // expect: fd-inherited pipe
        exit(1);
    pid_t pid = fork(); // site: violations
    if (pid < 0)
        exit(1);
    if (pid > 0) {
        char done;
        _exit(read(ends[0], &done, 1) == 1 ? 0 : 1);
    }
    if (fork() != 0) // site: violations
        _exit(0);
    return ends[1]; // expect: child-leaves -
}

static int start(char **argv)
{
    pid_t pid = fork(); // site: verified
    if (pid == 0) {
        execv(argv[0], argv);
        _exit(127);
    }
    return pid > 0;
}

static pid_t split(void)
{
    pid_t pid = fork(); // site: violations
    if (pid == 0)
        setsid();
    return pid;
}

int serve(char **argv, int foreground)
{
    if (!foreground)
        report = detach();
    puts("starting");
    if (report >= 0) {
        write(report, "", 1);
        close(report);
    }
    if (split() == 0) {
        puts("helper"); // expect: child-stdio puts
        execv(argv[0], argv);
        _exit(127);
    }
    return start(argv);
}
