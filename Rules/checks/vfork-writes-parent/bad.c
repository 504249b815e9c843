#include <errno.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int last_error;

struct job {
	pid_t pid;
	int started;
	char **settings;
};

/* A global of the parent. */
pid_t run(char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		last_error = errno; // expect: vfork-writes-parent -
		_exit(127);
	}
	return pid;
}

int run_error(void)
{
	return last_error;
}

/* A structure of the caller. */
int run_job(struct job *job, char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		job->started = 1; // expect: vfork-writes-parent -
		execve(argv[0], argv, job->settings);
		_exit(127);
	}
	job->pid = pid;
	return pid < 0 ? -1 : 0;
}

/* The environment of both. */
pid_t run_with(char *const argv[], char **settings)
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		if (settings != NULL)
			environ = settings; // expect: vfork-writes-parent -
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

/* The parent reads it afterwards, from a register or from memory. */
int run_checked(char *const argv[])
{
	int failed = 0;
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid < 0)
		return -1;
	if (pid == 0) {
		execve(argv[0], argv, environ);
		failed = errno; // expect: vfork-writes-parent -
		_exit(127);
	}
	if (failed != 0)
		waitpid(pid, NULL, 0);
	return failed;
}
