#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* The usual message after a failed exec. */
pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execve(argv[0], argv, environ);
		fprintf(stderr, "cannot run %s\n", argv[0]); // expect: child-stdio fprintf
		_exit(127);
	}
	return pid;
}

/* Formats a path that was known before. */
pid_t run_in(const char *folder, const char *program)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		char path[4096];
		char *argv[2];

		snprintf(path, sizeof path, "%s/%s", folder, program); // expect: child-stdio snprintf
		argv[0] = path;
		argv[1] = NULL;
		execve(path, argv, environ);
		_exit(127);
	}
	return pid;
}

/* What the child puts into the buffer, the parent prints. */
pid_t run_borrowed(char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		fputs("exec failed\n", stdout); // expect: child-stdio fputs
		_exit(127);
	}
	return pid;
}

static void fail(const char *what)
{
	fprintf(stderr, "%s failed\n", what);
	_exit(1);
}

/* fail serves both processes. */
pid_t run_or_fail(char *const argv[], int input)
{
	pid_t pid = fork(); // site: violations

	if (pid < 0)
		fail("fork");
	if (pid > 0)
		return pid;
	if (dup2(input, 0) < 0)
		fail("dup2"); // expect: child-stdio fail
	execve(argv[0], argv, environ);
	_exit(127);
}
