// One function makes the children of several callers: that one of them is a worker hides nothing of the other.
#include <stdio.h>
#include <unistd.h>

static char name[16];

static pid_t split(void)
{
    pid_t pid = fork(); // site: violations
    if (pid == 0)
        snprintf(name, sizeof name, "%d", (int)getpid()); // expect: child-stdio snprintf
    return pid;
}

int start(char **argv)
{
    pid_t pid = split();
    if (pid == 0) {
        puts("starting"); // expect: child-stdio puts
        execv(argv[0], argv);
        _exit(127);
    }
    return pid > 0;
}

int detach(void)
{
    pid_t pid = split();
    if (pid < 0)
        return -1;
    if (pid > 0)
        _exit(0);
    puts("detached");
    return 0; // expect: child-leaves -
}
