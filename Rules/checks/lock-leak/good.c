#include <pthread.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t spawn_lock = PTHREAD_MUTEX_INITIALIZER;

/* One way out. */
pid_t start(char *const argv[])
{
	pid_t pid;

	pthread_mutex_lock(&spawn_lock);
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&spawn_lock);
	return pid;
}

/* Not taken: nothing to release. */
pid_t try_start(char *const argv[])
{
	pid_t pid;

	if (pthread_mutex_trylock(&spawn_lock) != 0)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&spawn_lock);
	return pid;
}

/* A wrapper that means it: who has a child has the lock until it calls started(). */
pid_t begin_start(char *const argv[])
{
	pid_t pid;

	pthread_mutex_lock(&spawn_lock);
	pid = fork(); // site: verified
	if (pid < 0) {
		pthread_mutex_unlock(&spawn_lock);
		return -1;
	}
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

void started(void)
{
	pthread_mutex_unlock(&spawn_lock);
}
