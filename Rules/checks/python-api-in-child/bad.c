#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

typedef struct _object PyObject;

PyObject *PyTuple_GetItem(PyObject *tuple, ssize_t index);
PyObject *PyObject_Call(PyObject *callable, PyObject *arguments, PyObject *keywords);
long PyLong_AsLong(PyObject *number);
void PyErr_SetString(PyObject *type, const char *text);
extern PyObject *PyExc_OSError;
extern char **environ;

/* Converts in the child what the parent could have converted. */
pid_t run_keeping(PyObject *keep, char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		long fd = PyLong_AsLong(keep); // expect: python-api-in-child PyLong_AsLong

		if (fd >= 0)
			dup2((int)fd, 3);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Runs Python code in the child. */
pid_t run_hooked(PyObject *hook, PyObject *arguments, char *const argv[])
{
	pid_t pid = fork(); // site: violations; expect: python-fork-protocol fork

	if (pid == 0) {
		if (PyObject_Call(hook, arguments, NULL) == NULL) // expect: python-api-in-child PyObject_Call
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* An error routine of the parent. */
static void fail(const char *text)
{
	PyErr_SetString(PyExc_OSError, text);
}

pid_t run_in(const char *folder, char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid < 0) {
		fail("fork failed");
		return -1;
	}
	if (pid > 0)
		return pid;
	if (chdir(folder) != 0)
		fail("no folder"); // expect: python-api-in-child fail
	execve(argv[0], argv, environ);
	_exit(127);
}
