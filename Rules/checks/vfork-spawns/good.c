#include <spawn.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* One after the other, both from the parent. */
pid_t run_twice(char *const argv[], char *const helper[])
{
	pid_t pid;
	pid_t first = vfork(); // site: verified; expect: vfork-signals vfork

	if (first == 0) {
		execve(helper[0], helper, environ);
		_exit(127);
	}
	if (first > 0)
		waitpid(first, NULL, 0);
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* The preparation is the parent's. */
pid_t run_prepared(char *const argv[], char *const helper[])
{
	pid_t other;
	pid_t pid;

	if (system("mkdir -p /tmp/work") != 0)
		return -1;
	if (posix_spawn(&other, helper[0], NULL, NULL, helper, environ) != 0)
		return -1;
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* On failure the parent tries the other way. */
pid_t run_somehow(char *const argv[])
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid < 0)
		pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
