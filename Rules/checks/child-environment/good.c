#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* The array is the parent's work. */
pid_t run_with_locale(char *const argv[], char *locale_setting)
{
	char *list[64];
	size_t count = 0;
	size_t i;
	pid_t pid;

	for (i = 0; environ[i] != NULL && count < 62; i++) {
		if (strncmp(environ[i], "LC_ALL=", 7) != 0)
			list[count++] = environ[i];
	}
	list[count++] = locale_setting;
	list[count] = NULL;
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, list);
		_exit(127);
	}
	return pid;
}

/* The copy of a fork child may point elsewhere. */
pid_t run_replaced(char *const argv[], char **list)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		environ = list;
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

/* The parent changes its own. */
pid_t run_counted(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	setenv("STARTED", "1", 1);
	return pid;
}
