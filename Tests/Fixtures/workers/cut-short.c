// The child is too long to be followed to its exec: it is no worker for that, and all that it was seen to do counts.
// Nor can anybody say of a spawn call behind it that no path reaches it.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TEN(text) text text text text text text text text text text

pid_t start(char **argv, const char *text, char *room)
{
	pid_t pid = fork(); // site: violations

	if (pid != 0)
		return pid;
	if (text != NULL) {
		puts("starting"); // expect: child-stdio puts
		TEN(TEN(TEN(TEN(*room++ = *text++;))))
		if (fork() != 0) // site: unproven
			_exit(0);
		execv(argv[0], argv);
		_exit(127);
	}
	exit(1); // expect: child-exit exit
}
