// run: --threads yes
// A child that shares memory tells its parent something, and the parent closes by that.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

extern char **environ;

struct report {
	int reader;
	int writer;
};

struct request {
	char *const *argv;
};

static int open_safely(struct report *report)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return errno;
	*report = (struct report){ends[0], ends[1]};
	return 0;
}

static pid_t make_child(const struct request *request, const struct report *report, int *has_run)
{
	volatile int ran = 0;
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		ran = 1;
		execve(request->argv[0], request->argv, environ);
		_exit(127);
	}
	close(report->writer);
	*has_run = ran;
	return pid;
}

static char hear_after(const struct report *report, int has_run)
{
	char byte = 0;

	read(report->reader, &byte, 1);
	if (has_run)
		close(report->reader);
	return byte; // expect: fd-leak -
}

// Whether the child wrote there, nobody can tell.
pid_t start_and_hear_after(const struct request *request)
{
	struct report report;
	int has_run = 0;
	pid_t pid;

	if (open_safely(&report) != 0)
		return -1;
	pid = make_child(request, &report, &has_run);
	hear_after(&report, has_run);
	return pid;
}

static pid_t make_quiet_child(const struct request *request, const struct report *report, int closes)
{
	// For the compiler's sake alone: no child writes there.
	volatile int is_closed = closes;
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		execve(request->argv[0], request->argv, environ);
		_exit(127);
	}
	if (is_closed)
		close(report->reader);
	close(report->writer);
	return pid;
}

pid_t start_quietly(const struct request *request)
{
	struct report report;

	if (open_safely(&report) != 0)
		return -1;
	return make_quiet_child(request, &report, 1);
}
