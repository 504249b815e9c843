#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
	(void)number;
	interrupted = 1;
}

void prepare(void)
{
	signal(SIGINT, on_interrupt);
}

/* Every signal that has a handler gets its default effect back; what is ignored stays ignored. */
static void forget_handlers(void)
{
	struct sigaction action;
	int number;

	for (number = 1; number < NSIG; number++) {
		if (sigaction(number, NULL, &action) != 0)
			continue;
		if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN)
			continue;
		action.sa_handler = SIG_DFL;
		sigaction(number, &action, NULL);
	}
}

/* Blocked at the spawn call; unblocked when no handler is left. */
pid_t run(char *const argv[])
{
	sigset_t all, old;
	pid_t pid;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	pid = vfork(); // site: verified
	if (pid == 0) {
		forget_handlers();
		sigprocmask(SIG_SETMASK, &old, NULL);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	return pid;
}

/* The new program starts with all signals blocked and unblocks them itself. */
pid_t run_blocked(char *const argv[])
{
	sigset_t all, old;
	pid_t pid;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	pid = vfork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return pid;
}

/* A fork child has its own memory. */
pid_t run_copy(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
