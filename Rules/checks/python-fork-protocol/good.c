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

/* A worker that runs Python code. */
void start_worker(void)
{
	pid_t pid;

	PyOS_BeforeFork();
	pid = fork(); // site: verified
	if (pid == 0) {
		PyOS_AfterFork_Child();
		PyRun_SimpleString("work()");
		_exit(0);
	}
	PyOS_AfterFork_Parent();
}

/* A child that only execs needs no protocol. */
static PyObject *run(PyObject *module, PyObject *arguments)
{
	static char *const argv[] = {"/bin/true", NULL};
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return PyLong_FromLong(pid);
}

struct PyMethodDef methods[] = {
	{"run", run, 4, 0},
	{0, 0, 0, 0},
};
