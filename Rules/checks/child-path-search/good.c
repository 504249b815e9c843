#include <spawn.h>
#include <stddef.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* Finds the program before there is a child. */
static int find(const char *path, const char *name, char *found, size_t size)
{
	while (*path != '\0') {
		const char *end = strchr(path, ':');
		size_t length = end != NULL ? (size_t)(end - path) : strlen(path);

		if (length + strlen(name) + 2 <= size) {
			memcpy(found, path, length);
			found[length] = '/';
			strcpy(found + length + 1, name);
			if (access(found, X_OK) == 0)
				return 0;
		}
		path += length + (end != NULL);
	}
	return -1;
}

pid_t run(const char *path, char *const argv[])
{
	char program[4096];
	pid_t pid;

	if (find(path, argv[0], program, sizeof program) != 0)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(program, argv, environ);
		_exit(127);
	}
	return pid;
}

/* The list is built before; the search happens inside the library's own spawn. */
int run_spawned(pid_t *pid, char *const argv[])
{
	return posix_spawnp(pid, argv[0], NULL, NULL, argv, environ);
}

/* The parent replaces itself: there is no child here. */
int restart(char *const argv[])
{
	execvp(argv[0], argv);
	return -1;
}

/* And so does this parent, while its child does something else. */
int hand_over(char *const argv[], int fd)
{
	pid_t pid = fork(); // site: verified

	if (pid < 0)
		return -1;
	if (pid == 0) {
		char byte = 0;

		write(fd, &byte, 1);
		_exit(0);
	}
	execvp(argv[0], argv);
	return -1;
}
