// Locks around a spawn call: of an object, by helpers, by results that tell.
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

extern char **environ;

struct pool {
	pthread_mutex_t lock;
	pthread_rwlock_t table;
	int running;
};

static void enter(struct pool *pool) { pthread_mutex_lock(&pool->lock); }
static void leave(struct pool *pool) { pthread_mutex_unlock(&pool->lock); }

static pid_t spawn(char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

int start(struct pool *pool, char *const argv[])
{
	enter(pool);
	if (pool->running > 10) {
		leave(pool);
		return -1;
	}
	if (spawn(argv) < 0)
		return -1; // expect: lock-leak -
	pool->running++;
	leave(pool);
	return 0;
}

int start_if_free(struct pool *pool, char *const argv[])
{
	int result = -1;

	if (pthread_mutex_trylock(&pool->lock) == 0) {
		if (spawn(argv) > 0) {
			pool->running++;
			result = 0;
		}
		pthread_mutex_unlock(&pool->lock);
	}
	return result;
}

int start_known(struct pool *pool, char *const argv[])
{
	pid_t pid;

	pthread_rwlock_rdlock(&pool->table);
	if (pool->running == 0)
		return -1; // expect: lock-leak -
	pid = spawn(argv);
	pthread_rwlock_unlock(&pool->table);
	return pid;
}

// Nobody releases it here: the function means it so, or it is another function's business.
int start_and_hold(struct pool *pool, char *const argv[])
{
	enter(pool);
	if (pool->running < 0)
		return -1;
	return spawn(argv) > 0 ? 0 : -1;
}

// Released before the child is made: still taken on the way to it.
int start_after(struct pool *pool, char *const argv[], int check)
{
	pthread_mutex_lock(&pool->lock);
	if (check && pool->running)
		return -1; // expect: lock-leak -
	pthread_mutex_unlock(&pool->lock);
	return spawn(argv) > 0 ? 0 : -1;
}
