// run: --threads no
// With one thread nobody spawns in between; what is lost is lost all the same.
#include <unistd.h>

extern char **environ;

pid_t start(char *const argv[])
{
	int ends[2];
	pid_t pid;

	if (pipe(ends) < 0)
		return -1;
	pid = fork(); // site: violations
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid < 0)
		return -1; // expect: fd-leak -
	close(ends[0]);
	close(ends[1]);
	return pid;
}
