// A wrapper that children call as well: to its other callers the child comes back as before.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void forget_cached_pid(void);

static pid_t split(void)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0)
		forget_cached_pid(); // expect: unknown-call forget_cached_pid
	return pid;
}

void help(void)
{
	pid_t pid = split();

	if (pid == 0)
		exit(0); // expect: child-exit exit
}

int start(char **argv)
{
	pid_t pid = split();

	if (pid == 0) {
		if (split() == 0) { // expect: unknown-call split
			execv(argv[0], argv);
			_exit(127);
		}
		_exit(0);
	}
	return pid > 0;
}

int start_apart(char **argv)
{
	pid_t pid = split();

	if (pid == 0) {
		puts("between"); // expect: child-stdio puts
		if (split() == 0) { // expect: unknown-call split
			execv(argv[0], argv);
			_exit(127);
		}
		exit(0); // expect: child-exit exit
	}
	return pid > 0;
}

int spread(int deeply)
{
	pid_t pid = split();

	if (pid != 0)
		return pid > 0;
	if (deeply)
		_exit(split() < 0);
	return 0; // expect: child-leaves -
}
