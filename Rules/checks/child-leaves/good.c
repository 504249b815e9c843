#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Returns in both processes, and its caller knows. */
static pid_t start_child(int keep)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0)
		close(keep);
	return pid;
}

int run_and_wait(char *const argv[], int keep)
{
	int status = -1;
	pid_t pid = start_child(keep);

	if (pid < 0)
		return -1;
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) < 0)
		return -1;
	return status;
}

/* Never returns, though nothing at its declaration says so. */
static void serve(int fd)
{
	char byte;

	while (read(fd, &byte, 1) == 1)
		write(fd, &byte, 1);
	_exit(0);
}

pid_t start_worker(int fd)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0)
		serve(fd);
	return pid;
}
