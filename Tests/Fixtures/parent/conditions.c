// What is open depends on what was asked for; the same question is asked when it is closed.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

extern char **environ;

enum { CAPTURE = 1, FEED = 2 };

pid_t start(char *const argv[], int flags, int *in, int *out)
{
	int feed[2], capture[2];
	bool has_capture = false;
	pid_t pid;

	if (flags & FEED) {
		if (pipe2(feed, O_CLOEXEC) < 0)
			return -1;
	}
	if (flags & CAPTURE) {
		if (pipe2(capture, O_CLOEXEC) < 0) {
			if (flags & FEED) {
				close(feed[0]);
				close(feed[1]);
			}
			return -1;
		}
		has_capture = true;
	}
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (flags & FEED) {
		close(feed[0]);
		*in = feed[1];
	}
	if (has_capture) {
		close(capture[1]);
		*out = capture[0];
	}
	return pid;
}

// 0 means that the caller's own is used; standard streams stay open.
pid_t start_with(char *const argv[], const char *path)
{
	int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : 0;
	pid_t pid;

	if (fd < 0)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		if (fd != 0)
			dup2(fd, 0);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (fd > 2)
		close(fd);
	return pid;
}

// One variable after the other has it.
pid_t start_pipeline(char *const *commands[], int count)
{
	int before = -1, ends[2];
	pid_t pid = -1;
	int i;

	for (i = 0; i < count; i++) {
		if (pipe2(ends, O_CLOEXEC) < 0)
			break;
		pid = fork(); // site: verified
		if (pid == 0) {
			if (before >= 0)
				dup2(before, 0);
			dup2(ends[1], 1);
			execve(commands[i][0], commands[i], environ);
			_exit(127);
		}
		if (before >= 0)
			close(before);
		close(ends[1]);
		before = ends[0];
	}
	if (before >= 0)
		close(before);
	return pid;
}

// Closed twice on one way is another matter; on the other it stays open.
pid_t start_or_not(char *const argv[], bool really)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	pid_t pid = 0;

	if (really) {
		pid = fork(); // site: violations
		if (pid == 0) {
			execve(argv[0], argv, environ);
			_exit(127);
		}
		close(fd);
	}
	return pid; // expect: fd-leak -
}
