// Opened, moved and closed by the project's own functions.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_pair(int *ends)
{
	close_one(&ends[0]);
	close_one(&ends[1]);
}

static int make_pair(int *ends)
{
	if (pipe2(ends, O_CLOEXEC) < 0) {
		ends[0] = ends[1] = -1;
		return -1;
	}
	return 0;
}

static int open_or_die(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		die(path);
	return fd;
}

static int above_standard(int fd)
{
	int copy;

	if (fd > 2)
		return fd;
	copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	close(fd);
	return copy;
}

pid_t start(char *const argv[], int *input)
{
	int in[2], report[2], nothing;
	pid_t pid;

	nothing = above_standard(open_or_die("/dev/null"));
	if (make_pair(in) < 0) {
		close(nothing);
		return -1;
	}
	if (make_pair(report) < 0) {
		close_pair(in);
		close_one(&nothing);
		return -1;
	}
	pid = fork(); // site: verified
	if (pid == 0) {
		dup2(in[0], 0);
		dup2(nothing, 1);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close_one(&nothing);
	close_one(&in[0]);
	close_pair(report);
	if (pid < 0) {
		close_one(&in[1]);
		return -1;
	}
	*input = in[1];
	return pid;
}

pid_t start_wrongly(char *const argv[], int *input)
{
	int in[2], nothing;
	pid_t pid;

	nothing = above_standard(open_or_die("/dev/null"));
	if (make_pair(in) < 0)
		return -1; // expect: fd-leak -
	pid = fork(); // site: violations
	if (pid == 0) {
		dup2(in[0], 0);
		dup2(nothing, 1);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close_one(&nothing);
	close_one(&in[0]);
	if (pid < 0)
		return -1; // expect: fd-leak -
	*input = in[1];
	return pid;
}

// The helper forgets what it opened when it fails later: its caller cannot know.
static int make_quick_pair(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	if (fcntl(ends[1], F_SETFL, O_NONBLOCK) < 0)
		return -1;
	return 0;
}

pid_t start_quickly(char *const argv[])
{
	int ends[2];
	pid_t pid;

	if (make_quick_pair(ends) < 0)
		return -1; // expect: fd-leak -
	pid = fork(); // site: violations
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close_pair(ends);
	return pid;
}
