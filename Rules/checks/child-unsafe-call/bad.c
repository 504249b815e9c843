#include <pwd.h>
#include <string.h>
#include <sys/types.h>
#include <syslog.h>
#include <unistd.h>

extern char **environ;

/* The name service is asked in the child: its locks may be held by a thread that the child has not. */
pid_t run_as(const char *user, char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		struct passwd *entry = getpwnam(user); // expect: child-unsafe-call getpwnam

		if (entry != NULL && setgid(entry->pw_gid) == 0 && setuid(entry->pw_uid) == 0)
			execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Used by both processes, so the place to change is the call in the child. */
static void complain(const char *what)
{
	syslog(LOG_ERR, "%s failed", what);
}

int spawn_logged(char *const argv[])
{
	if (argv[0] == NULL) {
		complain("argument check");
		return -1;
	}
	switch (fork()) { // site: violations
	case -1:
		complain("fork");
		return -1;
	case 0:
		execve(argv[0], argv, environ);
		complain(argv[0]); // expect: child-unsafe-call complain
		_exit(127);
	default:
		return 0;
	}
}

/* Only the child comes here, so the place to change is inside. */
static void tell_parent(int fd, int code)
{
	const char *text = strerror(code); // expect: child-unsafe-call strerror

	write(fd, text, strlen(text));
}

pid_t spawn_with_report(char *const argv[], int report_fd)
{
	pid_t child;

	if ((child = fork()) != 0) // site: violations
		return child;
	if (chdir("/") != 0)
		tell_parent(report_fd, 1);
	execve(argv[0], argv, environ);
	_exit(127);
}
