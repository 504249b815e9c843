#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static void close_pair(int ends[2])
{
	int i;

	for (i = 0; i < 2; i++) {
		if (ends[i] >= 0)
			close(ends[i]);
		ends[i] = -1;
	}
}

/* One cleanup for all ways: what is not open is -1. */
pid_t start(char *const argv[], int wants_output, int *output)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1};
	pid_t pid = -1;

	if (pipe2(in, O_CLOEXEC) < 0)
		goto done;
	if (wants_output && pipe2(out, O_CLOEXEC) < 0)
		goto done;
	pid = fork(); // site: verified
	if (pid < 0)
		goto done;
	if (pid == 0) {
		dup2(in[0], STDIN_FILENO);
		if (wants_output)
			dup2(out[1], STDOUT_FILENO);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (wants_output) {
		*output = out[0];
		out[0] = -1;
	}
done:
	close_pair(in);
	close_pair(out);
	return pid;
}

struct job {
	pid_t pid;
	int report;
};

/* The caller has it: through a pointer, or as the result. */
int start_job(struct job *job, char *const argv[])
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	job->pid = fork(); // site: verified
	if (job->pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(ends[1]);
	job->report = ends[0];
	return job->pid < 0 ? -1 : 0;
}

int start_reader(char *const argv[])
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(ends[1]);
	if (pid > 0)
		return ends[0];
	close(ends[0]);
	return -1;
}
