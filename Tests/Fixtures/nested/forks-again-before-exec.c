// A function that prepares a child forks once more; whoever comes back from it is a child that goes on to exec.
#include <unistd.h>

extern char **environ;

static void detach(void)
{
	if (fork() > 0) // site: verified
		_exit(0);
}

void prepare(int is_session)
{
	if (is_session)
		detach();
	setsid();
}

pid_t start(char *const argv[], int is_session)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		prepare(is_session);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
