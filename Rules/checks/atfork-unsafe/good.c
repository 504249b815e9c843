#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t pool_filled = PTHREAD_COND_INITIALIZER;
static void *pool;
static volatile sig_atomic_t is_stale;
static pid_t owner;

/* In the parent everything is allowed. */
static void lock_pool(void)
{
	pthread_mutex_lock(&pool_lock);
	if (!pool)
		pool = malloc(4096);
}

static void unlock_pool(void)
{
	pthread_mutex_unlock(&pool_lock);
	fprintf(stderr, "forked\n");
}

/* The child gives back what was locked for it, and leaves a note for those children that go on. */
static void mark_stale(void)
{
	pthread_mutex_unlock(&pool_lock);
	is_stale = 1;
	owner = getpid();
}

int pool_init(void)
{
	return pthread_atfork(lock_pool, unlock_pool, mark_stale); // site: verified
}

void *pool_get(void)
{
	if (is_stale) {
		is_stale = 0;
		free(pool);
		pool = malloc(4096);
	}
	return pool;
}

/* Or makes the locks anew. */
static void renew_locks(void)
{
	pthread_mutex_init(&pool_lock, NULL);
	pthread_cond_init(&pool_filled, NULL);
}

int pool_init_otherwise(void)
{
	return pthread_atfork(lock_pool, unlock_pool, renew_locks); // site: verified
}

/* No handler for the child. */
int pool_init_for_parents(void)
{
	return pthread_atfork(lock_pool, unlock_pool, NULL);
}
