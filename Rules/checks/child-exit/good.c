#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid < 0)
		exit(1);
	return pid;
}

pid_t run_borrowed(char *const argv[])
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid < 0)
		exit(1);
	return pid;
}

static int serve(int fd)
{
	char buffer[512];
	ssize_t length;

	while ((length = read(fd, buffer, sizeof buffer)) > 0) {
		if (write(fd, buffer, (size_t)length) != length)
			return 1;
	}
	return 0;
}

/* A worker that ends at once. */
pid_t start_worker(int fd)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0)
		_exit(serve(fd));
	return pid;
}

/* Ends the process in one way or the other; the child asks for the one that is allowed. */
static void finish(int status, int is_child)
{
	if (is_child)
		_exit(status);
	exit(status);
}

pid_t run_or_finish(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid < 0)
		finish(1, 0);
	if (pid == 0) {
		execve(argv[0], argv, environ);
		finish(127, 1);
	}
	return pid;
}
