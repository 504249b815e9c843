#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

extern char **environ;

/* The look-up happens before the fork; the child gets numbers. */
pid_t run_as(const char *user, char *const argv[])
{
	struct passwd *entry = getpwnam(user);
	uid_t uid;
	gid_t gid;
	pid_t pid;

	if (entry == NULL)
		return -1;
	uid = entry->pw_uid;
	gid = entry->pw_gid;
	pid = fork(); // site: verified
	if (pid == 0) {
		if (setgid(gid) == 0 && setuid(uid) == 0)
			execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* The child sends the number, the parent finds the words. */
int spawn_logged(char *const argv[], int pipe_fds[2])
{
	int code = 0;
	pid_t pid = fork(); // site: verified

	if (pid < 0) {
		syslog(LOG_ERR, "fork: %s", strerror(errno));
		return -1;
	}
	if (pid == 0) {
		close(pipe_fds[0]);
		execve(argv[0], argv, environ);
		code = errno;
		write(pipe_fds[1], &code, sizeof code);
		_exit(127);
	}
	close(pipe_fds[1]);
	if (read(pipe_fds[0], &code, sizeof code) == sizeof code) {
		syslog(LOG_ERR, "%s: %s", argv[0], strerror(code));
		waitpid(pid, NULL, 0);
		return -1;
	}
	return 0;
}

/* Never evaluated: the operand of sizeof makes no call. */
pid_t spawn_sized(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (!pid) {
		char buffer[sizeof *getpwnam("root")];

		memset(buffer, 0, sizeof buffer);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
