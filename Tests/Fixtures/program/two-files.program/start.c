#include "report.h"
#include <unistd.h>

int start(char **argv)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		close_from(3);
		execv(argv[0], argv);
		report("exec failed"); // expect: child-stdio report
		_exit(127);
	}
	if (pid < 0)
		report("fork failed");
	return pid;
}
