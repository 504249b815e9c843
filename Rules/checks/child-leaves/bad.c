#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Nobody thought of an exec that fails. */
pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execve(argv[0], argv, environ);
	}
	return pid; // expect: child-leaves -
}

/* break instead of _exit. */
int run_and_wait(char *const argv[])
{
	int status = -1;
	pid_t pid = fork(); // site: violations

	switch (pid) {
	case -1:
		return -1;
	case 0:
		execve(argv[0], argv, environ);
		break;
	default:
		if (waitpid(pid, &status, 0) < 0)
			return -1;
	}
	return status; // expect: child-leaves -
}

/* Detaches from the terminal: the parent ends, the child returns. */
int daemonize(void)
{
	pid_t pid = fork(); // site: violations

	if (pid < 0)
		return -1;
	if (pid > 0)
		_exit(0);
	setsid();
	return 0; // expect: child-leaves -
}
