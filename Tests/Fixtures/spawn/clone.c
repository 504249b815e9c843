#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static int child_main(void *data)
{
	char **argv = data;

	puts(argv[0]); // expect: child-stdio puts
	execve(argv[0], argv, environ);
	return 127;
}

int run_cloned(char **argv)
{
	static char stack[65536];

	return clone(child_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, argv); // site: violations; expect: vfork-signals clone
}

struct arguments {
	uint64_t flags;
	uint64_t rest[10];
};

static int run_raw(char **argv, int is_shared)
{
	struct arguments arguments = { .flags = 0 };
	long pid;

	if (is_shared)
		arguments.flags = CLONE_VM | CLONE_VFORK;
	pid = syscall(SYS_clone3, &arguments, sizeof arguments); // site: violations; expect: vfork-signals syscall
	if (pid == 0) {
		puts(argv[0]); // expect: child-stdio puts
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return (int)pid;
}

int run_both(char **argv)
{
	return run_raw(argv, 0) + run_raw(argv, 1);
}

int run_forked(char **argv)
{
	long pid = syscall(SYS_fork); // site: violations

	if (pid == 0) {
		puts(argv[0]); // expect: child-stdio puts
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return (int)pid;
}

/* Not a spawn call. */
long identify(void)
{
	return syscall(SYS_gettid);
}
