#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

typedef struct _object PyObject;

long PyLong_AsLong(PyObject *number);
void PyErr_SetString(PyObject *type, const char *text);
extern PyObject *PyExc_OSError;
extern char **environ;

/* Converted before, reported after. */
pid_t run_keeping(PyObject *keep, char *const argv[])
{
	long fd = PyLong_AsLong(keep);
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		if (fd >= 0)
			dup2((int)fd, 3);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid < 0)
		PyErr_SetString(PyExc_OSError, "vfork failed");
	return pid;
}

/* Raises an exception only where that is allowed. */
static int duplicate(int from, int to, int raises)
{
	if (dup2(from, to) >= 0)
		return 0;
	if (raises)
		PyErr_SetString(PyExc_OSError, "dup2 failed");
	return -1;
}

int redirect(int from, int to)
{
	return duplicate(from, to, 1);
}

pid_t run_redirected(int input, char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		if (duplicate(input, 0, 0) != 0)
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
