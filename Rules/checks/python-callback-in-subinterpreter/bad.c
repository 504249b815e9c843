#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

typedef struct _object PyObject;
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
struct PyMethodDef {
	const char *ml_name;
	PyCFunction ml_meth;
	int ml_flags;
	const char *ml_doc;
};
PyObject *PyLong_FromLong(long number);
PyObject *PyObject_Call(PyObject *callable, PyObject *arguments, PyObject *keywords);
void PyOS_BeforeFork(void);
void PyOS_AfterFork_Parent(void);
void PyOS_AfterFork_Child(void);
extern PyObject _Py_NoneStruct;
extern char **environ;
static char *const argv[] = {"/bin/true", NULL};

/* Nobody asks which interpreter this is. */
static PyObject *run(PyObject *module, PyObject *hook)
{
	pid_t pid;

	PyOS_BeforeFork();
	pid = fork(); // site: violations
	if (pid == 0) {
		PyOS_AfterFork_Child(); // expect: python-api-in-child PyOS_AfterFork_Child
		if (hook != &_Py_NoneStruct)
			PyObject_Call(hook, NULL, NULL); // expect: python-callback-in-subinterpreter PyObject_Call
		execve(argv[0], argv, environ);
		_exit(127);
	}
	PyOS_AfterFork_Parent();
	return PyLong_FromLong(pid);
}

struct PyMethodDef methods[] = {
	{"run", run, 8, 0},
	{0, 0, 0, 0},
};
