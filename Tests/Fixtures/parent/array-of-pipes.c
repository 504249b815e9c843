// Pipes in an array of arrays, opened and closed in loops: any element may be the one that is handed on.
#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

extern void fd_close(int fd);
extern int open_report(int *ends);

/* Every way out closes or hands out all that were opened. */
int spread(char **argv, unsigned count, int *out)
{
	int p[8][2], report[2];
	unsigned i;

	for (i = 0; i < count; i++)
		if (pipe2(p[i], O_CLOEXEC) < 0)
			goto opened;
	if (open_report(report) < 0)
		goto all;
	pid_t pid = fork(); // site: verified
	if (pid < 0)
		goto all;
	if (pid == 0) {
		execv(argv[0], argv);
		_exit(127);
	}
	for (i = count; i; i--) {
		fd_close(p[i - 1][i & 1]);
		out[i - 1] = p[i - 1][!(i & 1)];
	}
	return pid;
all:
	i = count;
opened:
	while (i--) {
		int end = p[i][1];
		close(end);
		fd_close(p[i][0]);
	}
	return -1;
}

int standard(char **argv)
{
	int p[3][2];

	for (int i = 0; i < 3; i++)
		if (pipe2(p[i], O_CLOEXEC) < 0)
			return -1; // expect: fd-leak -
	pid_t pid = fork(); // site: violations
	if (pid == 0) {
		for (int i = 0; i < 3; i++)
			dup2(p[i][i == 0 ? 0 : 1], i);
		execv(argv[0], argv);
		_exit(127);
	}
	for (int i = 0; i < 3; i++) {
		close(p[i][0]);
		close(p[i][1]);
	}
	return pid;
}

/* One end of the first is forgotten where the second cannot be had: not the same as the other's first. */
int two(char **argv, int *out)
{
	int p[2][2];

	if (pipe2(p[0], O_CLOEXEC) < 0)
		return -1;
	if (pipe2(p[1], O_CLOEXEC) < 0) {
		close(p[0][0]);
		return -1; // expect: fd-leak -
	}
	pid_t pid = fork(); // site: violations
	if (pid == 0) {
		dup2(p[0][0], 0);
		dup2(p[1][1], 1);
		execv(argv[0], argv);
		_exit(127);
	}
	close(p[0][0]);
	close(p[1][1]);
	out[0] = p[0][1];
	out[1] = p[1][0];
	return pid;
}
