// The function that spawns never returns.
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static void serve(char *const argv[], const int *ends)
{
	for (;;) {
		pid_t pid = fork(); // site: verified

		if (pid == 0) {
			dup2(ends[1], 1);
			execve(argv[0], argv, environ);
			_exit(127);
		}
		pause();
	}
}

void begin(char *const argv[])
{
	int ends[2];

	if (pipe(ends) < 0) // expect: fd-inherited pipe
		return;
	serve(argv, ends);
}
