#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

typedef struct _object PyObject;
typedef struct _ts PyThreadState;
typedef ssize_t Py_ssize_t;
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
typedef PyObject *(*PyCFunctionFast)(PyObject *, PyObject *const *, Py_ssize_t);
typedef struct PyMethodDef {
	const char *ml_name;
	PyCFunction ml_meth;
	int ml_flags;
	const char *ml_doc;
} PyMethodDef;
typedef struct {
	int slot;
	void *pfunc;
} PyType_Slot;
typedef enum { PyGILState_LOCKED, PyGILState_UNLOCKED } PyGILState_STATE;
PyObject *PyLong_FromLong(long number);
PyThreadState *PyEval_SaveThread(void);
void PyEval_RestoreThread(PyThreadState *state);
PyGILState_STATE PyGILState_Ensure(void);
void PyGILState_Release(PyGILState_STATE state);

#define METH_FASTCALL 0x80
#define RUN_METHODDEF {"run", (PyCFunction)(void (*)(void))module_run, METH_FASTCALL, 0},
#define Py_BEGIN_ALLOW_THREADS { PyThreadState *_save; _save = PyEval_SaveThread();
#define Py_END_ALLOW_THREADS PyEval_RestoreThread(_save); }

extern char **environ;
static char *const argv[] = {"/bin/true", NULL};

/* As Argument Clinic writes it: the wrapper stands in the table, the work is done here. */
static PyObject *module_run_impl(PyObject *module, int flag)
{
	pid_t pid = vfork(); // site: violations; expect: lock-across-vfork vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return PyLong_FromLong(pid + flag);
}

static PyObject *module_run(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
	return module_run_impl(module, count > 0);
}

/* A slot of a type. */
static int start_init(PyObject *self, PyObject *args, PyObject *keywords)
{
	pid_t pid;

	Py_BEGIN_ALLOW_THREADS
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	Py_END_ALLOW_THREADS
	return pid < 0 ? -1 : 0;
}

static PyObject *start_call(PyObject *self, PyObject *args, PyObject *keywords)
{
	pid_t pid = vfork(); // site: violations; expect: lock-across-vfork vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return PyLong_FromLong(pid);
}

PyType_Slot slots[] = {
	{1, start_init},
	{2, (void *)start_call},
	{0, NULL},
};

/* In no table here, but of the type that tables want. */
PyObject *elsewhere(PyObject *module, PyObject *arguments)
{
	pid_t pid = vfork(); // site: violations; expect: lock-across-vfork vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return PyLong_FromLong(pid);
}

/* Called by other threads, which take the lock themselves. */
int callback(void)
{
	PyGILState_STATE state = PyGILState_Ensure();
	pid_t pid = vfork(); // site: violations; expect: lock-across-vfork vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	PyGILState_Release(state);
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

PyMethodDef methods[] = {
	RUN_METHODDEF
	{0, 0, 0, 0},
};
