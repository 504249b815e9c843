// Outputs of assembly, and memory that it may write, are not what they were before.
#include <stdio.h>
#include <unistd.h>

struct task {
    int fails;
};

int output(char *const argv[])
{
    int fails = 0;
    pid_t pid = fork(); // site: violations
    if (pid == 0) {
        __asm__("rdseed %0" : "=r"(fails));
        if (fails)
            puts("failed"); // expect: child-stdio puts
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}

int memory(char *const argv[], struct task *task)
{
    task->fails = 0;
    pid_t pid = fork(); // site: violations
    if (pid == 0) {
        __asm__ volatile("nop" : : "r"(task) : "memory");
        if (task->fails)
            puts("failed"); // expect: child-stdio puts
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}

int barrier(char *const argv[], struct task *task)
{
    task->fails = 0;
    pid_t pid = fork(); // site: verified
    if (pid == 0) {
        __asm__ volatile("" : : "r"(task) : "memory");
        if (task->fails)
            puts("failed");
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}
