// run: --platform posix-2017
#include <stdlib.h>
#include <unistd.h>

int run(char **argv, const char *number)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		long fd = strtol(number, NULL, 10); // expect: child-unsafe-call strtol

		close((int)fd);
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}
