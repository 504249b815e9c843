#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

struct launch_options {
	void (*child_setup)(void *data);
	void *data;
};

/* The structure is the caller's. */
pid_t launch(const struct launch_options *options, char *const argv[])
{
	pid_t pid = fork(); // site: unproven

	if (pid == 0) {
		if (options->child_setup != NULL)
			options->child_setup(options->data); // expect: child-callback child_setup
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* The pointer is the caller's. */
pid_t launch_with(int (*hook)(void), char *const argv[])
{
	pid_t pid = fork(); // site: unproven

	switch (pid) {
	case 0:
		if (hook() != 0) // expect: child-callback hook
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	default:
		return pid;
	}
}

/* Through a helper that only the child uses. */
static void prepare(void (*before_exec)(int), int fd)
{
	if (before_exec)
		(*before_exec)(fd); // expect: child-callback before_exec
}

pid_t launch_prepared(void (*before_exec)(int), int fd, char *const argv[])
{
	pid_t pid = vfork(); // site: unproven; expect: vfork-signals vfork

	if (pid == 0) {
		prepare(before_exec, fd);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
