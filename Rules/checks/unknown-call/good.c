#include <sys/types.h>
#include <unistd.h>

extern char **environ;

void audit_start(const char *program);

/* The text is here. */
int drop_privileges(uid_t uid, gid_t gid);

int drop_privileges(uid_t uid, gid_t gid)
{
	if (setgid(gid) != 0)
		return -1;
	return setuid(uid);
}

pid_t run_as(uid_t uid, gid_t gid, char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		if (drop_privileges(uid, gid) != 0)
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Called where there is no child. */
pid_t run_audited(char *const argv[])
{
	pid_t pid;

	audit_start(argv[0]);
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid > 0)
		audit_start("parent");
	return pid;
}

/* Not for children: guarded by a flag that is 0 there. */
static void enter(const char *program, int is_parent)
{
	if (is_parent)
		audit_start(program);
}

pid_t run_entered(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		enter(argv[0], 0);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	enter(argv[0], 1);
	return pid;
}
