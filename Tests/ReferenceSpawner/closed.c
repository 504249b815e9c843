/* Status 0 if the open descriptors are 0, 1, 2 and those that the arguments name. */
#include <fcntl.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    for (int i = 0; i < 1024; i++) {
        int wanted = i < 3;
        for (int j = 1; j < argc; j++)
            wanted |= atoi(argv[j]) == i;
        if ((fcntl(i, F_GETFD) >= 0) != wanted)
            return 1;
    }
    return 0;
}
