#include <errno.h>
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

int prepare(void)
{
	struct sigaction action;

	action.sa_handler = on_interrupt;
	action.sa_flags = 0;
	sigemptyset(&action.sa_mask);
	return sigaction(SIGINT, &action, NULL);
}

/* Ctrl-C while the child is on its way: the parent believes that it was meant. */
pid_t run(char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Blocked for the parent, but not until the exec. */
pid_t run_blocked(char *const argv[])
{
	sigset_t all, old;
	pid_t pid;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	pid = vfork(); // site: violations
	if (pid == 0) {
		sigprocmask(SIG_SETMASK, &old, NULL); // expect: vfork-signals sigprocmask
		execve(argv[0], argv, environ);
		_exit(127);
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	return pid;
}
