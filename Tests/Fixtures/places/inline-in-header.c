#include "inline-in-header.h"

#include <unistd.h>

int run(char *const argv[], char *const envp[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		char **copy = allocate(2 * sizeof *copy); // expect: child-allocates allocate

		copy[0] = argv[0];
		copy[1] = NULL;
		execve(argv[0], copy, envp);
		_exit(127);
	}
	return pid > 0 ? 0 : -1;
}
