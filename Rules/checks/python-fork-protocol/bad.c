#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

typedef struct _object PyObject;
typedef struct _ts PyThreadState;
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
struct PyMethodDef {
	const char *ml_name;
	PyCFunction ml_meth;
	int ml_flags;
	const char *ml_doc;
};
PyObject *PyLong_FromLong(long number);
int PyRun_SimpleString(const char *text);
void PyOS_BeforeFork(void);
void PyOS_AfterFork_Parent(void);
void PyOS_AfterFork_Child(void);
PyThreadState *PyEval_SaveThread(void);
void PyEval_RestoreThread(PyThreadState *state);

/* Nothing before the fork. */
static PyObject *split(PyObject *module, PyObject *arguments)
{
	pid_t pid = fork(); // site: violations; expect: python-fork-protocol fork

	if (pid == 0)
		PyOS_AfterFork_Child();
	else
		PyOS_AfterFork_Parent();
	return PyLong_FromLong(pid);
}

/* Where the fork fails, the import lock stays taken. */
static PyObject *split_unless_failed(PyObject *module, PyObject *arguments)
{
	pid_t pid;

	PyOS_BeforeFork();
	pid = fork(); // site: violations; expect: python-fork-protocol fork
	if (pid < 0)
		return NULL;
	if (pid == 0)
		PyOS_AfterFork_Child();
	else
		PyOS_AfterFork_Parent();
	return PyLong_FromLong(pid);
}

/* The child runs Python code as if nothing had happened. */
void start_worker(void)
{
	pid_t pid;

	PyOS_BeforeFork();
	pid = fork(); // site: violations; expect: python-fork-protocol fork
	if (pid == 0) {
		PyRun_SimpleString("work()"); // expect: python-api-in-child PyRun_SimpleString
		_exit(0);
	}
	PyOS_AfterFork_Parent();
}

/* The GIL is gone when the fork comes. */
static PyObject *split_unlocked(PyObject *module, PyObject *arguments)
{
	PyThreadState *state;
	pid_t pid;

	PyOS_BeforeFork();
	state = PyEval_SaveThread();
	pid = fork(); // site: violations; expect: python-fork-protocol fork
	if (pid == 0) {
		PyOS_AfterFork_Child();
		return PyLong_FromLong(0);
	}
	PyEval_RestoreThread(state);
	PyOS_AfterFork_Parent();
	return PyLong_FromLong(pid);
}

struct PyMethodDef methods[] = {
	{"split", split, 4, 0},
	{"split_unless_failed", split_unless_failed, 4, 0},
	{"split_unlocked", split_unlocked, 4, 0},
	{0, 0, 0, 0},
};
