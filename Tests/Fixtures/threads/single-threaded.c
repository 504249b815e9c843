#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int run(char **argv)
{
	int status;
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execve(argv[0], argv, environ);
		perror(argv[0]);
		exit(127); // expect: child-exit exit
	}
	return waitpid(pid, &status, 0) < 0 ? -1 : status;
}

static int run_buffered(char **argv)
{
	int status;
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		char *copy = malloc(64);

		if (copy != NULL) {
			snprintf(copy, 64, "%s", argv[0]);
			execve(copy, argv, environ);
		}
		_exit(127);
	}
	return waitpid(pid, &status, 0) < 0 ? -1 : status;
}

int main(int argc, char **argv)
{
	return argc > 1 ? run(argv + 1) : run_buffered(argv);
}
