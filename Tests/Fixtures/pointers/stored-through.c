// A helper that only stores through what it is given changes its caller's memory all the same.
#include <stdio.h>
#include <unistd.h>

struct task {
    int fails;
    int steps[4];
};

static void set_member(struct task *task)
{
    task->fails = 1;
}

static void set_number(int *out)
{
    *out = 1;
}

static void set_element(int ends[3][2])
{
    ends[1][0] = 5;
}

static void connect(int ends[3][2], int wanted)
{
    if (wanted && pipe(ends[0]) != 0)  // expect: fd-inherited pipe
        _exit(1);
}

int member(char **argv)
{
    struct task task = {0};
    set_member(&task);
    if (fork() == 0) { // site: violations
        if (task.fails)
            puts("failed"); // expect: child-stdio puts
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}

int number(char **argv)
{
    struct task task = {0};
    int failed = 0;
    set_number(&failed);
    set_number(&task.steps[1]);
    if (fork() == 0) { // site: violations
        if (failed)
            puts("failed"); // expect: child-stdio puts
        if (task.steps[1])
            puts("stepped"); // expect: child-stdio puts
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}

int elements(char **argv, int wanted)
{
    int ends[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    set_element(ends);
    connect(ends, wanted);
    if (fork() == 0) { // site: violations
        if (ends[0][0] != -1)
            puts("connected"); // expect: child-stdio puts
        if (ends[1][0] != -1)
            puts("set"); // expect: child-stdio puts
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;  // expect: fd-leak -
}

int unchanged(char **argv)
{
    int ends[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    int others[3][2];
    set_element(others);
    if (fork() == 0) { // site: verified
        if (ends[1][0] != -1)
            puts("set");
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}
