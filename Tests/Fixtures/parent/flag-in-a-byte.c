// Whether the signal is blocked is remembered in one bit of a table of bytes.
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

extern char **environ;

enum { IS_BLOCKED = 13 };

static unsigned char options[4];
static sigset_t set;

static void block(void)
{
	if (options[IS_BLOCKED / 8] & (1 << IS_BLOCKED % 8))
		return;
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	options[IS_BLOCKED / 8] |= 1 << IS_BLOCKED % 8;
}

static void unblock(void)
{
	if (!(options[IS_BLOCKED / 8] & (1 << IS_BLOCKED % 8)))
		return;
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	options[IS_BLOCKED / 8] &= ~(1 << IS_BLOCKED % 8);
}

pid_t start(char *const argv[])
{
	pid_t pid;

	block();
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	unblock();
	return pid;
}

pid_t start_or_not(char *const argv[], int is_quick)
{
	pid_t pid;

	block();
	pid = fork(); // site: violations
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (is_quick)
		return pid; // expect: signal-mask-leak -
	unblock();
	return pid;
}
