// One finding for each place, however many calls begin there.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void remember_place(const char *file, int line);
typedef void (*complaint)(const char *);
extern complaint complain_of(int what);

/* As awk's fatal: the place is remembered first, then the rest of the line is the call. */
#define fatal (remember_place(__FILE__, __LINE__), perror)

int start(char **argv)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execv(argv[0], argv);
		fatal("exec"); // expect: child-stdio perror
		complain_of(1)("exec"); // expect: unknown-call complain_of
		_exit(127);
	}
	return pid;
}
