/* Where a comment counts: at the first or last line of what is reported, alone on the line above. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

int last_line(char **argv)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		fprintf(stderr, "%s %d\n",
			argv[0], 1); // spawnlint: allow(child-stdio) for debugging
		execve(argv[0], argv, environ);
		_exit(1);
	}
	return pid;
}

int middle_line(char **argv)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		fprintf(stderr, // expect: child-stdio fprintf
			"%s\n", // spawnlint: allow(child-stdio) not here // expect: unused-suppression -
			argv[0]);
		execve(argv[0], argv, environ);
		_exit(1);
	}
	return pid;
}

int several_above(char **argv)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		// spawnlint: allow(child-stdio) for debugging
		// spawnlint: allow(child-exit) no handlers

		/* Tells it and ends. */
		puts("failed"), exit(1);
	}
	return pid;
}

#define END(status) exit(status)

int in_macro(char **argv)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		END(1); // spawnlint: allow(child-exit) no handlers
	}
	return pid;
}

int one_of_two(char **argv)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		execve(argv[0], argv, environ);
		// spawnlint: allow(child-stdio, child-locks) for debugging // expect: unused-suppression -
		puts("failed"), exit(1); // expect: child-exit exit
	}
	return pid;
}

int nothing_follows(char **argv)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(1);
	}
	return pid;
}
// spawnlint: allow(child-exit) nothing // expect: unused-suppression -
