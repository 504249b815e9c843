#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		exit(127); // spawnlint: allow(child-exit) the parent registers no handlers and has no buffers
	}
	return pid;
}

/* On the line above the call. */
pid_t run_loudly(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		/* spawnlint: allow(child-stdio) for debugging; main sets the stream
		   to unbuffered first */
		fprintf(stderr, "cannot run %s\n", argv[0]);
		_exit(127);
	}
	return pid;
}

// spawnlint: allow-function(child-stdio, child-exit) a tool for tests, single-threaded by its manual
pid_t run_for_tests(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		puts("child");
		execve(argv[0], argv, environ);
		puts("failed");
		exit(127);
	}
	return pid;
}
