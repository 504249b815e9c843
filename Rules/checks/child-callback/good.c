#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* Data instead of code. */
struct launch_options {
	const char *folder;
	int new_session;
};

pid_t launch(const struct launch_options *options, char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		if (options->new_session && setsid() < 0)
			_exit(126);
		if (options->folder != NULL && chdir(options->folder) != 0)
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

static void own_session(int fd)
{
	setsid();
	close(fd);
}

static void own_group(int fd)
{
	setpgid(0, 0);
	close(fd);
}

/* All callers are here, so the targets are known. */
static pid_t launch_prepared(void (*before_exec)(int), int fd, char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		if (before_exec != NULL)
			before_exec(fd);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

pid_t launch_session(int fd, char *const argv[])
{
	return launch_prepared(own_session, fd, argv);
}

pid_t launch_group(int fd, char *const argv[])
{
	return launch_prepared(own_group, fd, argv);
}

pid_t launch_plain(char *const argv[])
{
	return launch_prepared(NULL, -1, argv);
}

/* A constant table. */
static void (*const stages[])(int) = { own_session, own_group };

pid_t launch_stage(unsigned int stage, int fd, char *const argv[])
{
	pid_t pid;

	if (stage >= sizeof stages / sizeof stages[0])
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		stages[stage](fd);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Called by the parent alone. */
pid_t launch_and_tell(void (*started)(pid_t), char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	started(pid);
	return pid;
}
