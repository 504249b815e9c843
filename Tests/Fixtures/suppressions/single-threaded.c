// run: --threads no
/* What is hidden anyway still uses its comment. */
#include <stdio.h>
#include <unistd.h>

extern char **environ;

int run(char **argv)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		puts("child"); // spawnlint: allow(child-stdio) for debugging
		execve(argv[0], argv, environ);
		_exit(1);
	}
	return pid;
}
