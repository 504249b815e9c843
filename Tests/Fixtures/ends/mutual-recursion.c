// What functions that call each other return is known only when all of their ways have been followed.
#include <stdio.h>
#include <unistd.h>

static int next_token(void)
{
    char c = 0;
    return read(0, &c, 1) < 0 ? -1 : c;
}

static int group(void);

static int term(void)
{
    int kind;
    switch (next_token()) {
    case 1:
        kind = group();
        break;
    case 2:
        kind = 7;
        break;
    default:
        kind = 4;
    }
    return kind == 8 ? 9 : kind;
}

static int group(void)
{
    return term() == 7 ? 8 : 0;
}

int start(char **argv)
{
    if (fork() == 0) { // site: violations
        if (term() == 9)
            puts("a term in a group"); // expect: child-stdio puts
        execv(argv[0], argv);
        _exit(127);
    }
    return 0;
}
