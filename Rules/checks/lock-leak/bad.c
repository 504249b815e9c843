#include <pthread.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t spawn_lock = PTHREAD_MUTEX_INITIALIZER;

/* When fork fails, nobody starts anything any more. */
pid_t start(char *const argv[])
{
	pid_t pid;

	pthread_mutex_lock(&spawn_lock);
	pid = fork(); // site: violations
	if (pid < 0)
		return -1; // expect: lock-leak -
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&spawn_lock);
	return pid;
}
