#include <pthread.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static int started;

/* The lock guards the counter and nothing else. */
pid_t run(char *const argv[])
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid > 0) {
		pthread_mutex_lock(&table_lock);
		started++;
		pthread_mutex_unlock(&table_lock);
	}
	return pid;
}

/* Goes on only where it did not get the lock. */
pid_t run_if_free(char *const argv[])
{
	pid_t pid;

	if (pthread_mutex_trylock(&table_lock) == 0) {
		started = 0;
		pthread_mutex_unlock(&table_lock);
	}
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

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
PyThreadState *PyEval_SaveThread(void);
void PyEval_RestoreThread(PyThreadState *state);
static char *const shell[] = {"/bin/sh", 0};

/* The GIL is released before and taken again in the parent only. */
static PyObject *start_shell(PyObject *module, PyObject *arguments)
{
	PyThreadState *state = PyEval_SaveThread();
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	(void)module;
	(void)arguments;
	if (pid == 0) {
		execve(shell[0], shell, environ);
		_exit(127);
	}
	PyEval_RestoreThread(state);
	return PyLong_FromLong(pid);
}

struct PyMethodDef methods[] = {
	{"start_shell", start_shell, 1, 0},
	{0, 0, 0, 0},
};
