#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* A copy of the memory, one thread in it. */
pid_t run_as(uid_t uid, gid_t gid, char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		if (setgid(gid) != 0 || setuid(uid) != 0)
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Sessions and groups of processes belong to the process: no broadcast. */
pid_t run_detached(char *const argv[])
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		if (setsid() < 0)
			setpgid(0, 0);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* The parent changes its own ids. */
int hand_down(uid_t uid, char *const argv[])
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid < 0)
		return -1;
	return setuid(uid);
}
