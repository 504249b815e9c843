// Whoever else has a descriptor may close it.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

extern char **environ;
void watch(int fd);
void watch_all(const int *fds, int count);

struct job {
	pid_t pid;
	int fd;
};

struct pair {
	int ours, theirs;
};

static int last;

static pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

FILE *stream(char *const argv[])
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return NULL;
	if (run(argv) < 0) {
		close(ends[0]);
		close(ends[1]);
		return NULL;
	}
	close(ends[1]);
	return fdopen(ends[0], "r");
}

int told(char *const argv[])
{
	int ends[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(ends[1]);
	watch(ends[0]);
	return pid;
}

int told_of_all(char *const argv[])
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	watch_all(ends, 2);
	return pid;
}

struct pair made(char *const argv[], pid_t *pid)
{
	struct pair result = {-1, -1};
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return result;
	*pid = fork(); // site: verified
	if (*pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	result.ours = ends[0];
	result.theirs = ends[1];
	return result;
}

int kept(struct job *jobs, int number, char *const argv[])
{
	int ends[2];
	struct job job;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	job.pid = fork(); // site: verified
	if (job.pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(ends[1]);
	job.fd = ends[0];
	jobs[number] = job;
	return 0;
}

int kept_in_global(char *const argv[])
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	pid_t pid;

	last = fd;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

static void *drain(void *argument)
{
	int fd = *(int *)argument;
	char text[64];

	while (read(fd, text, sizeof text) > 0)
		continue;
	close(fd);
	return NULL;
}

int drained(char *const argv[])
{
	static int fd;
	int ends[2];
	pthread_t thread;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(ends[1]);
	fd = ends[0];
	pthread_create(&thread, NULL, drain, &fd);
	return pid;
}

int copied(char *const argv[], int given[2])
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	memcpy(given, ends, sizeof ends);
	return pid;
}

// Looked at, printed and written to: that is no handing over.
int only_used(char *const argv[])
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	printf("descriptors %d and %d\n", ends[0], ends[1]);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	pid = fork(); // site: violations
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(ends[0]);
	write(ends[1], "x", 1);
	return pid; // expect: fd-leak -
}
