#include <spawn.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* The double fork, with the wrong first half. */
pid_t run_orphaned(char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		if (fork() == 0) { // expect: vfork-spawns fork
			execve(argv[0], argv, environ);
			_exit(127);
		}
		_exit(0);
	}
	return pid;
}

/* Three processes on one stack. */
pid_t run_twice(char *const argv[], char *const helper[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		if (vfork() == 0) { // expect: vfork-spawns vfork
			execve(helper[0], helper, environ);
			_exit(127);
		}
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Library functions that spawn. */
pid_t run_prepared(char *const argv[], char *const helper[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		pid_t other;

		system("mkdir -p /tmp/work"); // expect: vfork-spawns system
		if (posix_spawn(&other, helper[0], NULL, NULL, helper, environ) != 0) // expect: vfork-spawns posix_spawn
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
