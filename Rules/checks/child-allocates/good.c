#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* Built before the fork, freed by the parent alone. */
pid_t run_shell(const char *command)
{
	char **argv = malloc(4 * sizeof *argv);
	pid_t pid;

	if (argv == NULL)
		return -1;
	argv[0] = "sh";
	argv[1] = "-c";
	argv[2] = strdup(command);
	argv[3] = NULL;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve("/bin/sh", argv, environ);
		_exit(127);
	}
	free(argv[2]);
	free(argv);
	return pid;
}

/* On the child's own stack. */
pid_t run_borrowed(const char *program)
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		char *argv[2];

		argv[0] = (char *)program;
		argv[1] = NULL;
		execve(program, argv, environ);
		_exit(127);
	}
	return pid;
}

/* free stands on the error path, where there is no child. */
pid_t run_or_release(char **argv)
{
	pid_t pid = fork(); // site: verified

	if (pid == -1) {
		free(argv);
		return -1;
	}
	if (pid)
		return pid;
	execve(argv[0], argv, environ);
	_exit(127);
}

/* Allocates only when asked to, and the child never asks. */
static char *name_of(const char *path, int is_owned)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;

	return is_owned ? strdup(name) : (char *)name;
}

pid_t run_named(const char *path, char **label)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		char *argv[2];

		argv[0] = name_of(path, 0);
		argv[1] = NULL;
		execve(path, argv, environ);
		_exit(127);
	}
	*label = name_of(path, 1);
	return pid;
}
