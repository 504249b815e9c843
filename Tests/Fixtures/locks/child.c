#include <pthread.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t config = PTHREAD_RWLOCK_INITIALIZER;

/* The child releases the copy that its own thread holds. */
void released_in_child(char *const argv[])
{
	pthread_mutex_lock(&lock);
	if (fork() == 0) { // site: verified
		pthread_mutex_unlock(&lock);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&lock);
}

/* Released, hence usable. */
void used_after_release(char *const argv[])
{
	pthread_mutex_lock(&lock);
	if (fork() == 0) { // site: verified
		pthread_mutex_unlock(&lock);
		pthread_mutex_lock(&lock);
		pthread_mutex_unlock(&lock);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&lock);
}

/* The parent unlocks it again. */
void released_in_vfork_child(char *const argv[])
{
	pthread_mutex_lock(&lock);
	if (vfork() == 0) { // site: violations; expect: lock-across-vfork vfork
		pthread_mutex_unlock(&lock); // expect: child-locks pthread_mutex_unlock
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&lock);
}

/* Waits for itself. */
void taken_again(char *const argv[])
{
	pthread_mutex_lock(&lock);
	if (fork() == 0) { // site: violations; expect: lock-across-fork fork
		pthread_mutex_lock(&lock); // expect: child-locks pthread_mutex_lock
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&lock);
}

/* Two readers get on. */
void read_again(char *const argv[])
{
	pthread_rwlock_rdlock(&config);
	if (fork() == 0) { // site: violations
		pthread_rwlock_rdlock(&config); // expect: child-locks pthread_rwlock_rdlock
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_rwlock_unlock(&config);
}

/* Another lock. */
void other_taken(pthread_mutex_t *other, char *const argv[])
{
	pthread_rwlock_rdlock(&config);
	if (fork() == 0) { // site: violations
		pthread_mutex_lock(other); // expect: child-locks pthread_mutex_lock
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_rwlock_unlock(&config);
}

/* Made anew in the child. */
void made_anew(char *const argv[])
{
	pthread_mutex_lock(&lock);
	if (fork() == 0) { // site: verified
		pthread_mutex_init(&lock, 0);
		pthread_mutex_lock(&lock);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&lock);
}
