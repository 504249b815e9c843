/* The form for a whole function: at its head or inside; not for the next one. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

// spawnlint: allow-function(child-stdio) a tool for tests
__attribute__((noinline)) static int
head(char **argv)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		puts("child");
		execve(argv[0], argv, environ);
		puts("failed");
		_exit(1);
	}
	return pid;
}

int next(char **argv)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		puts("child"); // expect: child-stdio puts
		execve(argv[0], argv, environ);
		_exit(1);
	}
	return pid + head(argv);
}

int inside(char **argv)
{
	/* spawnlint: allow-function(child-stdio, child-exit) a tool for tests */
	int pid = fork(); // site: verified

	if (pid == 0) {
		puts("child");
		execve(argv[0], argv, environ);
		exit(1);
	}
	return pid;
}

// spawnlint: allow-function(child-stdio) for the variable below? // expect: unused-suppression -
int level;

int after_variable(char **argv)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		puts("child"); // expect: child-stdio puts
		execve(argv[0], argv, environ);
		_exit(1);
	}
	return pid;
}
