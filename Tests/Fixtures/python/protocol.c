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
int PyRun_SimpleString(const char *text);
void PyOS_BeforeFork(void);
void PyOS_AfterFork_Parent(void);
void PyOS_AfterFork_Child(void);
extern char **environ;

/* The child goes on with Python: that it does so well is for Python to say. */
static PyObject *split(PyObject *module, PyObject *arguments)
{
	pid_t pid;

	PyOS_BeforeFork();
	pid = fork(); // site: unproven
	if (pid == 0)
		PyOS_AfterFork_Child();
	else
		PyOS_AfterFork_Parent();
	return PyLong_FromLong(pid);
}

struct PyMethodDef methods[] = {
	{"split", split, 4, 0},
	{0, 0, 0, 0},
};

/* The same behind a wrapper, as argument parsers are generated. */
static PyObject *divide_impl(PyObject *module)
{
	pid_t pid;

	PyOS_BeforeFork();
	pid = fork(); // site: unproven
	if (pid == 0) {
		PyOS_AfterFork_Child();
	} else {
		PyOS_AfterFork_Parent();
	}
	return PyLong_FromLong(pid);
}

static PyObject *divide(PyObject *module, PyObject *unused)
{
	return divide_impl(module);
}

struct PyMethodDef more_methods[] = {
	{"divide", divide, 4, 0},
	{0, 0, 0, 0},
};
