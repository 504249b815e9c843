#include <signal.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static int block_signals(sigset_t *old)
{
	sigset_t all;

	sigfillset(&all);
	return pthread_sigmask(SIG_BLOCK, &all, old);
}

static void restore_signals(const sigset_t *old)
{
	pthread_sigmask(SIG_SETMASK, old, NULL);
}

/* Restored before anything is looked at; what was not blocked needs no restoring. */
pid_t start(char *const argv[])
{
	sigset_t old;
	pid_t pid;

	if (block_signals(&old) != 0)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		restore_signals(&old);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	restore_signals(&old);
	return pid;
}

/* The caller has the old mask and restores it. */
pid_t start_for(char *const argv[], sigset_t *old)
{
	pid_t pid;

	block_signals(old);
	pid = fork(); // site: verified
	if (pid == 0) {
		restore_signals(old);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

pid_t run(char *const argv[])
{
	sigset_t old;
	pid_t pid = start_for(argv, &old);

	restore_signals(&old);
	return pid;
}
