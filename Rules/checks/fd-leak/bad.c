#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* The second pipe cannot be made, fork fails: both ways leave something open. */
pid_t start(char *const argv[], int *input, int *output)
{
	int in[2], out[2];
	pid_t pid;

	if (pipe2(in, O_CLOEXEC) < 0)
		return -1;
	if (pipe2(out, O_CLOEXEC) < 0)
		return -1; // expect: fd-leak -
	pid = fork(); // site: violations
	if (pid < 0) {
		close(in[0]);
		close(in[1]);
		return -1; // expect: fd-leak -
	}
	if (pid == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	*input = in[1];
	*output = out[0];
	return pid;
}

/* The child's end: closed in the child alone, whose table is a copy. */
pid_t start_quietly(char *const argv[])
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		dup2(nothing, STDOUT_FILENO);
		close(nothing);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid; // expect: fd-leak -
}
