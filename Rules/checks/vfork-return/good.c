#include <sys/types.h>
#include <unistd.h>

extern char **environ;

pid_t run(char *const argv[])
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

int run_in(const char *folder, char *const argv[])
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid < 0)
		return -1;
	if (pid == 0) {
		if (chdir(folder) != 0)
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return 0;
}

/* What the child calls may return: its frames lie above the one that counts. */
static int redirect(int from, int to)
{
	if (from == to)
		return 0;
	return dup2(from, to) < 0 ? -1 : 0;
}

pid_t run_redirected(char *const argv[], int input, int output)
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid != 0)
		return pid;
	if (redirect(input, 0) != 0 || redirect(output, 1) != 0)
		_exit(126);
	execve(argv[0], argv, environ);
	_exit(127);
}

/* A macro has no frame of its own. */
#define START_BORROWED(result) \
	do { \
		(result) = vfork(); \
	} while (0)

pid_t run_by_macro(char *const argv[])
{
	pid_t pid;

	START_BORROWED(pid); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
