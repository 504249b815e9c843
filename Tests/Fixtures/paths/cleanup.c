#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static void release(char **memory)
{
	free(*memory);
}

#define AUTO_FREE __attribute__((cleanup(release)))

/* _exit leaves no scope: nothing is released in the child. */
pid_t run(char **argv)
{
	AUTO_FREE char *name = malloc(16);
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

static void announce(int *code)
{
	printf("%d\n", *code); // expect: child-stdio printf
}

/* The scope ends in the child, and announce belongs to it alone. */
pid_t run_announced(char **argv)
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		{
			__attribute__((cleanup(announce))) int code = 0;
			code = access(argv[0], X_OK);
		}
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
