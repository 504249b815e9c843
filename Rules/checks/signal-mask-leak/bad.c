#include <signal.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* When fork fails, the thread stays deaf. */
pid_t start(char *const argv[])
{
	sigset_t all, old;
	pid_t pid;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &old);
	pid = fork(); // site: violations
	if (pid < 0)
		return -1; // expect: signal-mask-leak -
	if (pid == 0) {
		pthread_sigmask(SIG_SETMASK, &old, NULL);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return pid;
}

/* Only the child restores it. */
pid_t start_alone(char *const argv[])
{
	sigset_t all, old;
	pid_t pid;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &old);
	pid = fork(); // site: violations
	if (pid == 0) {
		pthread_sigmask(SIG_SETMASK, &old, NULL);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid; // expect: signal-mask-leak -
}
