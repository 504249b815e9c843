// incomplete
#include <unistd.h>

int run(char **argv)
{
	int pid = fork();

	if (pid == 0) {
		execv(argv[0], argv);
		_exit(127);
	}
	return pid + undeclared_variable;
}
