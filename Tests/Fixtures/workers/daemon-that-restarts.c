// A daemon's child returns and goes on as the program; a restart in the same process does not detach again.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int restarts;
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
        exit(read(ends[0], &done, 1) == 1 ? 0 : 1);
    }
    close(ends[0]);
    setsid();
    return ends[1]; // expect: child-leaves -
}

static int set_up(int foreground)
{
    if (!foreground && !restarts)
        report = detach();
    restarts = 0;
    puts("starting");
    if (report >= 0) {
        write(report, "", 1);
        close(report);
    }
    return 0;
}

int serve(char **argv, int foreground)
{
    do {
        if (set_up(foreground) < 0)
            return 1;
        restarts = getchar() == 'r';
    } while (restarts);
    execv(argv[0], argv);
    return 1;
}
