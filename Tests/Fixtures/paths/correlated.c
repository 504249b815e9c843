#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* A mask is given only where there is no hook; with a mask the child borrows memory. */
static pid_t start(char **argv, const sigset_t *mask, void (*hook)(void))
{
	pid_t pid;

	if (mask != NULL)
		pid = vfork(); // site: verified
	else
		pid = fork(); // site: unproven
	if (pid != 0)
		return pid;
	if (mask != NULL)
		sigprocmask(SIG_SETMASK, mask, NULL);  // expect: vfork-signals sigprocmask
	if (hook != NULL)
		hook(); // expect: child-callback hook
	execve(argv[0], argv, environ);
	_exit(127);
}

pid_t run(char **argv, void (*hook)(void))
{
	sigset_t all;
	sigset_t old;
	sigset_t *mask = NULL;
	pid_t pid;

	if (hook == NULL) {
		sigfillset(&all);
		sigprocmask(SIG_BLOCK, &all, &old);
		mask = &old;
	}
	pid = start(argv, mask, hook);
	if (mask != NULL)
		sigprocmask(SIG_SETMASK, mask, NULL);
	return pid;
}

/* A parameter that is a constant two calls deep. */
static void write_all(int fd, const char *text, size_t length, int may_log)
{
	if (write(fd, text, length) < 0 && may_log)
		puts("write failed");
}

static void say(int fd, const char *text, int may_log)
{
	write_all(fd, text, 6, may_log);
}

pid_t run_saying(char **argv)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		say(2, "child\n", 0);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	say(1, "parent", 1);
	return pid;
}

/* A global that is positive in the child alone. */
static int borrowed;

static void *reserve(size_t size)
{
	static char pool[256];

	return borrowed > 0 ? pool : malloc(size);
}

pid_t run_counted(char **argv, char **memory)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		char **list;

		borrowed++;
		list = reserve(2 * sizeof *list);
		list[0] = argv[0];
		list[1] = NULL;
		execve(list[0], list, environ);
		_exit(127);
	}
	*memory = reserve(16);
	return pid;
}
