// Ways to block and to restore, through helpers, in structures, by what was added alone.
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

extern char **environ;
void call_outside(void);

struct around {
	int is_blocked;
	sigset_t old;
};

static void before(struct around *around)
{
	sigset_t all;

	sigfillset(&all);
	around->is_blocked = sigprocmask(SIG_SETMASK, &all, &around->old) == 0;
}

static void after(struct around *around)
{
	if (around->is_blocked)
		sigprocmask(SIG_SETMASK, &around->old, NULL);
}

pid_t in_structure(char *const argv[])
{
	struct around around;
	pid_t pid;

	before(&around);
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	after(&around);
	return pid;
}

pid_t in_structure_wrongly(char *const argv[])
{
	struct around around;
	pid_t pid;

	before(&around);
	pid = fork(); // site: violations
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid < 0 && errno == EAGAIN)
		return 0; // expect: signal-mask-leak -
	after(&around);
	return pid;
}

// What was added is taken away again; a set that is prepared elsewhere.
extern sigset_t ends_of_children;

pid_t added_alone(char *const argv[])
{
	pid_t pid;

	sigprocmask(SIG_BLOCK, &ends_of_children, NULL);
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	sigprocmask(SIG_UNBLOCK, &ends_of_children, NULL);
	return pid;
}

pid_t added_alone_wrongly(char *const argv[])
{
	sigset_t some;
	pid_t pid;

	sigemptyset(&some);
	sigaddset(&some, SIGCHLD);
	sigaddset(&some, SIGINT);
	if (sigprocmask(SIG_BLOCK, &some, NULL) < 0)
		return -1;
	pid = fork(); // site: violations
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid < 0)
		return -1; // expect: signal-mask-leak -
	sigprocmask(SIG_UNBLOCK, &some, NULL);
	return pid;
}

// Read, changed and written back.
pid_t changed_copy(char *const argv[])
{
	sigset_t old, changed;
	pid_t pid;

	sigprocmask(SIG_SETMASK, NULL, &old);
	changed = old;
	sigaddset(&changed, SIGCHLD);
	sigprocmask(SIG_SETMASK, &changed, NULL);
	pid = fork(); // site: violations
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid < 0)
		return -1; // expect: signal-mask-leak -
	sigprocmask(SIG_SETMASK, &old, NULL);
	return pid;
}

// Only sometimes, and by the old interface.
int sigblock(int mask);
int sigsetmask(int mask);

pid_t sometimes(char *const argv[], int carefully)
{
	int old = 0;
	pid_t pid;

	if (carefully)
		old = sigblock(sigmask(SIGINT) | sigmask(SIGHUP));
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (carefully)
		sigsetmask(old);
	return pid;
}

// Not for this child: blocked after it, and for good.
int wait_for(char *const argv[])
{
	sigset_t some;
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	sigemptyset(&some);
	sigaddset(&some, SIGCHLD);
	sigprocmask(SIG_BLOCK, &some, NULL);
	call_outside();
	return pid;
}

// The program itself ends.
pid_t or_die(char *const argv[])
{
	sigset_t all, old;
	pid_t pid;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	pid = fork(); // site: verified
	if (pid < 0)
		_exit(1);
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	return pid;
}
