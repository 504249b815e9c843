// incomplete
#include "no-such-header.h"
#include <stdlib.h>
#include <unistd.h>

int run(char **argv)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		execv(argv[0], argv);
		exit(127); // expect: child-exit exit
	}
	return pid;
}
