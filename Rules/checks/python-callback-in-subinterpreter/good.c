#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

typedef struct _object PyObject;
typedef struct _is PyInterpreterState;
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
struct PyMethodDef {
	const char *ml_name;
	PyCFunction ml_meth;
	int ml_flags;
	const char *ml_doc;
};
PyObject *PyLong_FromLong(long number);
PyObject *PyObject_Call(PyObject *callable, PyObject *arguments, PyObject *keywords);
void PyErr_SetString(PyObject *type, const char *text);
PyInterpreterState *PyInterpreterState_Get(void);
PyInterpreterState *PyInterpreterState_Main(void);
void PyOS_BeforeFork(void);
void PyOS_AfterFork_Parent(void);
void PyOS_AfterFork_Child(void);
extern PyObject *PyExc_RuntimeError;
extern PyObject _Py_NoneStruct;

/* A worker that runs the hook and ends. */
static pid_t start(PyObject *hook)
{
	pid_t pid = fork(); // site: verified

	if (pid != 0)
		return pid;
	PyOS_AfterFork_Child();
	PyObject_Call(hook, NULL, NULL);
	_exit(0);
}

/* A hook is refused in every interpreter but the main one. */
static PyObject *run(PyObject *module, PyObject *hook)
{
	PyInterpreterState *current = PyInterpreterState_Get();
	pid_t pid;

	if (hook != &_Py_NoneStruct && current != PyInterpreterState_Main()) {
		PyErr_SetString(PyExc_RuntimeError, "hooks are for the main interpreter");
		return NULL;
	}
	if (hook == &_Py_NoneStruct)
		return PyLong_FromLong(0);
	PyOS_BeforeFork();
	pid = start(hook);
	PyOS_AfterFork_Parent();
	return PyLong_FromLong(pid);
}

struct PyMethodDef methods[] = {
	{"run", run, 8, 0},
	{0, 0, 0, 0},
};
