/* A comment may vouch for a function that nothing is known of. */
#include <unistd.h>

extern char **environ;
void board_reset(void);

int run(char **argv)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		board_reset(); // spawnlint: allow(unknown-call) one write to a register
		execve(argv[0], argv, environ);
		_exit(1);
	}
	return pid;
}
