// Cleanup by labels, in the order of opening; one label is missed.
#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

extern char **environ;

pid_t start(char *const argv[], const char *input, int *output)
{
	int in, out[2], report[2];
	pid_t pid;

	in = open(input, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return -1;
	if (pipe2(out, O_CLOEXEC) != 0)
		goto no_output;
	if (pipe2(report, O_CLOEXEC) != 0)
		goto no_report;
	pid = fork(); // site: verified
	if (pid == -1)
		goto no_child;
	if (pid == 0) {
		dup2(in, 0);
		dup2(out[1], 1);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(in);
	close(out[1]);
	close(report[0]);
	close(report[1]);
	*output = out[0];
	return pid;
no_child:
	close(report[0]);
	close(report[1]);
no_report:
	close(out[0]);
	close(out[1]);
no_output:
	close(in);
	return -1;
}

pid_t start_wrongly(char *const argv[], const char *input, int *output)
{
	int in, out[2], report[2];
	pid_t pid;

	in = open(input, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return -1;
	if (pipe2(out, O_CLOEXEC) != 0)
		goto no_output;
	if (pipe2(report, O_CLOEXEC) != 0)
		goto no_output;
	pid = fork(); // site: violations
	if (pid == -1)
		goto no_child;
	if (pid == 0) {
		dup2(in, 0);
		dup2(out[1], 1);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(in);
	close(out[1]);
	close(report[0]);
	close(report[1]);
	*output = out[0];
	return pid;
no_child:
	close(report[0]);
	close(report[1]);
	close(out[0]);
	close(out[1]);
no_output:
	close(in);
	return -1; // expect: fd-leak -
}
