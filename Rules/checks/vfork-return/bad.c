#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* The exec fails, and the child walks out through the parent's frame. */
pid_t run(char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
	}
	return pid; // expect: vfork-return -
}

/* A plain error return, in the child. */
int run_in(const char *folder, char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid < 0)
		return -1;
	if (pid == 0) {
		if (chdir(folder) != 0)
			return -1; // expect: vfork-return -
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return 0;
}

/* A wrapper cannot work: its frame is gone before the child does anything. */
pid_t start_borrowed(void)
{
	return vfork(); // site: violations; expect: vfork-return -; vfork-signals vfork
}
