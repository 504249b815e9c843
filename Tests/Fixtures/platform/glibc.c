// run: --platform glibc
#include <stdlib.h>
#include <unistd.h>

int run(char **argv, const char *number)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		long fd = strtol(number, NULL, 10);

		close((int)fd);
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}
