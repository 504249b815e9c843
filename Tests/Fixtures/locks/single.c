// run: --threads no
#include <pthread.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* One thread is enough to wait for oneself. */
void taken_again(char *const argv[])
{
	pthread_mutex_lock(&lock);
	if (fork() == 0) { // site: violations; expect: lock-across-fork fork
		pthread_mutex_lock(&lock);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&lock);
}
