#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* Ends the program in the parent's branch, returns in both others. */
static pid_t must_fork(void)
{
	pid_t pid = fork(); // site: violations

	if (pid < 0) {
		puts("cannot fork");
		exit(1);
	}
	return pid;
}

static void become(char **argv)
{
	execve(argv[0], argv, environ);
	_exit(127);
}

pid_t run(char **argv)
{
	pid_t pid = must_fork();

	if (pid == 0)
		become(argv);
	return pid;
}

pid_t run_talking(char **argv)
{
	pid_t pid = must_fork();

	if (pid == 0) {
		puts(argv[0]); // expect: child-stdio puts
		become(argv);
	}
	puts("parent");
	return pid;
}

/* The first child only makes the second. */
pid_t run_orphaned(char **argv)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		pid_t inner = fork();

		if (inner == 0) {
			puts("grandchild"); // expect: child-stdio puts
			become(argv);
		}
		_exit(inner < 0);
	}
	return pid;
}

/* Recursion ends. */
static int depth_of(const char *path, int depth)
{
	if (*path == '\0')
		return depth;
	return depth_of(path + 1, depth + (*path == '/'));
}

pid_t run_deep(char **argv)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		if (depth_of(argv[0], 0) > 1)
			execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
