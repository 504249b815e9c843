// run: --threads yes
// Opened in one helper, handed on in a structure, closed in another.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

extern char **environ;

struct report {
	int reader;
	int writer;
};

struct request {
	char *const *argv;
	const int *targets;
	int count;
	int wants_group;
};

static int is_target(int fd, const struct request *request)
{
	for (int i = 0; i < request->count; i++)
		if (request->targets[i] == fd)
			return 1;
	return 0;
}

// Each copy loses the flag.
static int away(int fd, const struct request *request)
{
	while (fd >= 0 && is_target(fd, request)) {
		int higher = fcntl(fd, F_DUPFD, fd + 1); // expect: fd-inherited fcntl
		int error = errno;

		close(fd);
		errno = error;
		fd = higher;
	}
	return fd;
}

static int open_report(struct report *report, const struct request *request)
{
	int ends[2];

	if (pipe2(ends, O_NONBLOCK) != 0) // expect: fd-inherited pipe2
		return errno;
	report->reader = ends[0];
	report->writer = away(ends[1], request);
	if (report->writer < 0) {
		int error = errno;

		close(report->reader);
		return error;
	}
	return 0;
}

static int open_safely(struct report *report)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return errno;
	*report = (struct report){ends[0], ends[1]};
	return 0;
}

static int wait_for(int fd, char *byte, int may_wait)
{
	for (;;) {
		struct pollfd wanted = {.fd = fd, .events = POLLIN};
		int length = read(fd, byte, 1);

		if (length >= 0 || !may_wait)
			return length;
		poll(&wanted, 1, -1);
	}
}

static pid_t make_child(const struct request *request)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		if (request->wants_group)
			setpgid(0, 0);
		execve(request->argv[0], request->argv, environ);
		_exit(127);
	}
	return pid;
}

// The pipe is the caller's, and of one end the function that spawns knows nothing.
static pid_t make_child_and_close(const struct request *request, const struct report *report)
{
	pid_t pid = make_child(request);

	close(report->writer);
	return pid;
}

pid_t start(const struct request *request)
{
	struct report report;
	char byte;
	pid_t pid;

	if (open_report(&report, request) != 0)
		return -1;
	pid = make_child_and_close(request, &report);
	wait_for(report.reader, &byte, pid > 0);
	close(report.reader);
	return pid;
}

static char hear(const struct report *report, int may_wait)
{
	char byte = 0;

	wait_for(report->reader, &byte, may_wait);
	close(report->reader);
	return byte;
}

static void make_and_hear(const struct request *request, const struct report *report, pid_t *pid)
{
	*pid = make_child(request);
	close(report->writer);
	if (*pid < 0)
		return; // expect: fd-leak -
	if (hear(report, 1) != 0)
		*pid = -1;
}

// Where there is no child, nobody closes the reading end: not the caller, and not the function that does so otherwise.
pid_t start_and_hear(const struct request *request)
{
	struct report report;
	pid_t pid;

	if (open_safely(&report) != 0)
		return -1;
	make_and_hear(request, &report, &pid);
	return pid;
}

static char hear_some(const struct report *report, int is_new)
{
	char byte = 0;

	wait_for(report->reader, &byte, is_new);
	if (is_new)
		close(report->reader);
	return byte; // expect: fd-leak -
}

pid_t start_and_hear_some(const struct request *request)
{
	struct report report;
	pid_t pid;

	if (open_safely(&report) != 0)
		return -1;
	pid = make_child_and_close(request, &report);
	if (pid > 0)
		hear_some(&report, request->wants_group);
	else
		close(report.reader);
	return pid;
}

// The result tells the caller, who forgets.
static int hear_at_once(const struct report *report)
{
	char byte;

	if (wait_for(report->reader, &byte, 0) < 0)
		return -1;
	close(report->reader);
	return 0;
}

pid_t start_at_once(const struct request *request)
{
	struct report report;
	pid_t pid;

	if (open_safely(&report) != 0)
		return -1;
	pid = make_child_and_close(request, &report);
	if (hear_at_once(&report) < 0)
		return -1; // expect: fd-leak -
	return pid;
}

pid_t start_at_once_or_close(const struct request *request)
{
	struct report report;
	pid_t pid;

	if (open_safely(&report) != 0)
		return -1;
	pid = make_child_and_close(request, &report);
	if (hear_at_once(&report) < 0)
		close(report.reader);
	return pid;
}

// Whoever asked gets it.
pid_t start_reading(const struct request *request, struct report *report)
{
	pid_t pid;

	if (open_safely(report) != 0)
		return -1;
	pid = make_child_and_close(request, report);
	if (pid < 0)
		close(report->reader);
	return pid;
}

static void close_reader(struct report *report)
{
	if (report->reader >= 0)
		close(report->reader);
}

// Closed at the end of the scope, whatever happens.
pid_t start_with_cleanup(const struct request *request)
{
	struct report report __attribute__((cleanup(close_reader))) = {-1, -1};
	char byte;
	pid_t pid;

	if (open_safely(&report) != 0)
		return -1;
	pid = make_child_and_close(request, &report);
	if (pid < 0)
		return -1;
	wait_for(report.reader, &byte, 1);
	return pid;
}

// What the helper opens beside stays behind in it.
static int open_with_log(struct report *report)
{
	int log = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (log < 0)
		return -1;
	if (open_safely(report) != 0)
		return -1; // expect: fd-leak -
	close(report->writer);
	report->writer = log;
	return 0;
}

pid_t start_logged(const struct request *request)
{
	struct report report;
	char byte;
	pid_t pid;

	if (open_with_log(&report) != 0)
		return -1;
	pid = make_child_and_close(request, &report);
	wait_for(report.reader, &byte, pid > 0);
	close(report.reader);
	return pid;
}
