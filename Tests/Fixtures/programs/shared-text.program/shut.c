#include <stdio.h>
#include <unistd.h>

void shut(int fd)
{
	if (close(fd) < 0)
		fprintf(stderr, "cannot close %d\n", fd);
}
