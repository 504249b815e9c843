#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		exit(127); // spawnlint: allow(child-exit) no handlers are registered here
	}
	return pid;
}

pid_t run_as_before(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		exit(127); // NOLINT(spawnlint-child-exit, concurrency-mt-unsafe): no handlers are registered here
	}
	return pid;
}
