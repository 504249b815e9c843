#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;
static void *pool;

static void lock_pool(void)
{
	pthread_mutex_lock(&pool_lock);
}

static void unlock_pool(void)
{
	pthread_mutex_unlock(&pool_lock);
}

static void *fill_pool(void *unused)
{
	(void)unused;
	return NULL;
}

/* Each of these runs in every child of the process, also in those that exec at once. */
static void restart_pool(void)
{
	pthread_t thread;

	pthread_mutex_unlock(&pool_lock);
	free(pool); // expect: atfork-unsafe free
	pool = malloc(4096); // expect: atfork-unsafe malloc
	pthread_create(&thread, NULL, fill_pool, NULL); // expect: atfork-unsafe pthread_create
	fprintf(stderr, "pool of %d restarted\n", (int)getpid()); // expect: atfork-unsafe fprintf
}

int pool_init(void)
{
	return pthread_atfork(lock_pool, unlock_pool, restart_pool); // site: violations
}

static pthread_mutex_t cache_lock = PTHREAD_MUTEX_INITIALIZER;
static int entries;

/* Whoever held the lock at the fork does not exist here. */
static void clear_cache(void)
{
	pthread_mutex_lock(&cache_lock); // expect: atfork-unsafe pthread_mutex_lock
	entries = 0;
	pthread_mutex_unlock(&cache_lock);
}

int cache_init(void)
{
	return pthread_atfork(NULL, NULL, clear_cache); // site: violations
}
