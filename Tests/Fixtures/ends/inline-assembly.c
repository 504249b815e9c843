// What inline assembly does is not known; some forms of it are known to do nothing but compute.
#include <unistd.h>

static long raw_write(int fd, const void *data, unsigned long size)
{
    long result;
    __asm__ volatile("syscall" : "=a"(result) // expect: unknown-call -
                     : "a"(1L), "D"(fd), "S"(data), "d"(size) : "rcx", "r11", "memory");
    return result;
}

int talks_to_the_kernel(char *const argv[])
{
    pid_t pid = fork(); // site: unproven
    if (pid == 0) {
        raw_write(2, "x", 1);
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}

int calls(char *const argv[], void (*log)(void))
{
    pid_t pid = fork(); // site: unproven
    if (pid == 0) {
        __asm__("call *%0" : : "r"(log)); // expect: unknown-call -
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}

static inline unsigned swapped(unsigned number)
{
    __asm__("rorl $8, %0" : "+r"(number));
    return number;
}

int computes(char *const argv[], unsigned number, volatile int *busy)
{
    unsigned old = 1;
    pid_t pid = fork(); // site: verified
    if (pid == 0) {
        __asm__ volatile("pause\n\tnop");
        __asm__ volatile("lock; xchgl %0, %1" : "+r"(old), "+m"(*busy) : : "memory");
        if (swapped(number) == 7)
            _exit(1);
        execve(argv[0], argv, NULL);
        _exit(127);
    }
    return pid > 0;
}
