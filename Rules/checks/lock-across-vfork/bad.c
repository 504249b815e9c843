#include <pthread.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static int started;

/* Whoever wants the table waits for a slow exec. */
pid_t run(char *const argv[])
{
	pid_t pid;

	pthread_mutex_lock(&table_lock);
	pid = vfork(); // site: violations; expect: lock-across-vfork vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (pid > 0)
		started++;
	pthread_mutex_unlock(&table_lock);
	return pid;
}

struct pool {
	pthread_rwlock_t lock;
	int running;
};

static void begin(struct pool *pool)
{
	pthread_rwlock_wrlock(&pool->lock);
}

static void end(struct pool *pool)
{
	pthread_rwlock_unlock(&pool->lock);
}

static pid_t spawn(char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: lock-across-vfork vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Taken by a wrapper, two functions away from the spawn call. */
pid_t run_in(struct pool *pool, char *const argv[])
{
	pid_t pid;

	begin(pool);
	pid = spawn(argv);
	if (pid > 0)
		pool->running++;
	end(pool);
	return pid;
}

typedef struct _object PyObject;
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
struct PyMethodDef {
	const char *ml_name;
	PyCFunction ml_meth;
	int ml_flags;
	const char *ml_doc;
};
PyObject *PyLong_FromLong(long number);
static char *const shell[] = {"/bin/sh", 0};

/* Python calls it with the GIL held. */
static PyObject *start_shell(PyObject *module, PyObject *arguments)
{
	pid_t pid = vfork(); // site: violations; expect: lock-across-vfork vfork

	(void)module;
	(void)arguments;
	if (pid == 0) {
		execve(shell[0], shell, environ);
		_exit(127);
	}
	return PyLong_FromLong(pid);
}

struct PyMethodDef methods[] = {
	{"start_shell", start_shell, 1, 0},
	{0, 0, 0, 0},
};
