#include <grp.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

pid_t run_as(uid_t uid, gid_t gid, char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		if (setgid(gid) != 0) // expect: vfork-set-id setgid
			_exit(126);
		if (setuid(uid) != 0) // expect: vfork-set-id setuid
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* In a helper that only the child uses. */
static int drop(uid_t uid)
{
	if (setgroups(0, NULL) != 0) // expect: vfork-set-id setgroups
		return -1;
	return seteuid(uid); // expect: vfork-set-id seteuid
}

pid_t run_dropped(uid_t uid, char *const argv[])
{
	pid_t pid;

	if ((pid = vfork()) == 0) { // site: violations; expect: vfork-signals vfork
		if (drop(uid) != 0)
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
