#include <unistd.h>

extern char **environ;
int drop_descriptor(int fd);

static void forget(int *fd)
{
	if (*fd < 0)
		return;
	drop_descriptor(*fd);
	*fd = -1;
}

static int open_pair(int ends[2])
{
	int failed = pipe(ends);  // expect: fd-inherited pipe

	if (failed < 0)
		return -1;
	return 0;
}

/* The ends are invalid until the helper's system call fills them in. */
int run(char *const argv[])
{
	int report[2] = {-1, -1};
	pid_t pid;

	if (open_pair(report) < 0)
		return -1;
	pid = fork(); // site: unproven
	if (pid == 0) {
		forget(&report[0]); // expect: unknown-call forget
		execve(argv[0], argv, environ);
		_exit(127);
	}
	forget(&report[1]);
	return pid > 0 ? 0 : -1;
}

int run_direct(char *const argv[])
{
	int report[2] = {-1, -1};
	pid_t pid;

	if (pipe(report) < 0)  // expect: fd-inherited pipe
		return -1;
	pid = fork(); // site: unproven
	if (pid == 0) {
		forget(&report[0]); // expect: unknown-call forget
		execve(argv[0], argv, environ);
		_exit(127);
	}
	forget(&report[1]);
	return pid > 0 ? 0 : -1;
}
int run_element(char *const argv[])
{
	int report[2] = {-1, -1};
	pid_t pid;

	if (pipe(&report[0]) < 0)  // expect: fd-inherited pipe
		return -1;
	pid = fork(); // site: unproven
	if (pid == 0) {
		forget(&report[1]); // expect: unknown-call forget
		execve(argv[0], argv, environ);
		_exit(127);
	}
	forget(&report[1]);
	return pid > 0 ? 0 : -1;
}
