// Tests of the same flags in other words tell of each other.
#include <stdio.h>
#include <unistd.h>

enum { LOUD = 1, TRACE = 2, DEBUG = 4, KEEP = 8 };

#define ALL_SET(value, flags) (((value) & (flags)) == (flags))

int part_of_a_mask(char **argv, unsigned flags)
{
    if (flags & (LOUD | TRACE))
        return -1;
    if (fork() == 0) { // site: verified
        if (flags & TRACE)
            puts("trace");
        if (!(~flags & LOUD))
            puts("loud");
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}

int whole_of_parts(char **argv, unsigned flags)
{
    if (flags & LOUD)
        return -1;
    if (ALL_SET(flags, TRACE))
        return -1;
    if (fork() == 0) { // site: verified
        if (flags & (LOUD | TRACE))
            puts("loud");
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}

int set_and_cleared(char **argv, unsigned flags)
{
    flags |= KEEP;
    flags &= ~(unsigned)TRACE;
    if (fork() == 0) { // site: verified
        if (flags & TRACE)
            puts("trace");
        if (!(flags & KEEP))
            puts("drop");
        if ((flags & (KEEP | TRACE)) != KEEP)
            puts("other");
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}

int one_of_them(char **argv, unsigned flags)
{
    if (!(flags & (LOUD | TRACE)))
        return -1;
    if (fork() == 0) { // site: violations
        if (!(flags & (LOUD | TRACE | DEBUG)))
            puts("none");
        if (flags & TRACE)
            puts("trace"); // expect: child-stdio puts
        if (flags & DEBUG)
            puts("debug"); // expect: child-stdio puts
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}

int inverted(char **argv, unsigned flags)
{
    if (!(~flags & KEEP))
        return -1;
    if (fork() == 0) { // site: violations
        if (flags & KEEP)
            puts("keep");
        if (!ALL_SET(flags, LOUD | TRACE))
            puts("not all"); // expect: child-stdio puts
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}
