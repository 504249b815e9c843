#include <stdlib.h>
#include <unistd.h>

typedef enum { PyGILState_LOCKED, PyGILState_UNLOCKED } PyGILState_STATE;
PyGILState_STATE PyGILState_Ensure(void);
void PyGILState_Release(PyGILState_STATE state);
void PyOS_AfterFork_Child(void);
int PyRun_SimpleString(const char *text);

/* The lock is taken before Python knows that it is in a child. */
static void work(void)
{
	PyGILState_STATE state = PyGILState_Ensure(); // expect: child-locks PyGILState_Ensure

	PyOS_AfterFork_Child();
	PyRun_SimpleString("work()");
	PyGILState_Release(state);
}

void start(void)
{
	pid_t pid = fork(); // site: violations; expect: python-fork-protocol fork

	if (pid == 0) {
		work();
		exit(0); // expect: child-exit exit
	}
}
