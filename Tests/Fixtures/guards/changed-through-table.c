// A variable whose address stands in a table changes without being named.
#include <stdio.h>
#include <unistd.h>

static int is_loud;
static int is_quiet;
static int *const switches[] = {&is_loud};

void choose(int value)
{
    *switches[0] = value;
}

int start(char **argv)
{
    if (fork() == 0) { // site: violations
        if (is_loud)
            puts("starts"); // expect: child-stdio puts
        if (is_quiet)
            puts("never set");
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}
