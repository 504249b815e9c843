#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* The argument vector is built too late. */
pid_t run_shell(const char *command)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		char **argv = malloc(4 * sizeof *argv); // expect: child-allocates malloc

		if (argv == NULL)
			_exit(126);
		argv[0] = "sh";
		argv[1] = "-c";
		argv[2] = strdup(command); // expect: child-allocates strdup
		argv[3] = NULL;
		execve("/bin/sh", argv, environ);
		_exit(127);
	}
	return pid;
}

/* Lists the open descriptors: opendir allocates its buffer. */
static void close_inherited(void)
{
	DIR *folder = opendir("/proc/self/fd"); // expect: child-allocates opendir

	if (folder == NULL)
		_exit(126);
}

pid_t run_closed(char *const argv[])
{
	pid_t pid;

	switch (pid = fork()) { // site: violations
	case 0:
		close_inherited();
		execve(argv[0], argv, environ);
		_exit(127);
	default:
		return pid;
	}
}

/* Both processes use it: the call in the child is the place to change. */
static void *checked(size_t size)
{
	void *memory = malloc(size);

	if (memory == NULL)
		_exit(1);
	return memory;
}

/* A vfork child takes the memory from its parent, for good. */
pid_t run_borrowed(const char *program, size_t spare)
{
	char *reserve = checked(spare);
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		char **argv = checked(2 * sizeof *argv); // expect: child-allocates checked

		argv[0] = (char *)program;
		argv[1] = NULL;
		execve(program, argv, environ);
		_exit(127);
	}
	free(reserve);
	return pid;
}
