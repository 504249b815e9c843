#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* The call was changed, the comment stayed. */
pid_t run(char *const argv[])
{
	pid_t pid = fork();

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127); // spawnlint: allow(child-exit) no handlers are registered // expect: unused-suppression -
	}
	return pid;
}

/* It stands two lines above the call. */
pid_t run_and_finish(char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		// spawnlint: allow(child-exit) no handlers are registered // expect: unused-suppression -
		execve(argv[0], argv, environ);
		exit(127); // expect: child-exit exit
	}
	return pid;
}
