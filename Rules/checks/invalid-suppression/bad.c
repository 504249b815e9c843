#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execve(argv[0], argv, environ);
		exit(127); // spawnlint: allow(child-exti) no handlers // expect: invalid-suppression -; child-exit exit
	}
	return pid;
}

pid_t run_borrowed(char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execve(argv[0], argv, environ);
		// spawnlint: allow(child-exit) // expect: invalid-suppression -
		exit(127); // expect: child-exit exit
	}
	return pid;
}
