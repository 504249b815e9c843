#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static char table[64];
static int count;

static void change(const char *text)
{
	pthread_mutex_lock(&lock);
	strncpy(table, text, sizeof table - 1);
	count++;
	pthread_mutex_unlock(&lock);
}

static void take(void)
{
	pthread_mutex_lock(&lock);
}

static void give(void)
{
	pthread_mutex_unlock(&lock);
}

/* The lock was taken for this handler: the data is whole, and after the release it is free. */
static void clear(void)
{
	memset(table, 0, sizeof table);
	count = 0;
	pthread_mutex_unlock(&lock);
	change("child");
}

/* The handler of the same thread holds it already. */
static void clear_locked(void)
{
	pthread_mutex_lock(&lock); // expect: atfork-unsafe pthread_mutex_lock
	count = 0;
	pthread_mutex_unlock(&lock);
}

/* Of this one nobody knows who held it. */
static void clear_other(void)
{
	pthread_mutex_unlock(&lock);
	pthread_mutex_lock(&other); // expect: atfork-unsafe pthread_mutex_lock
	count = 0;
	pthread_mutex_unlock(&other);
}

/* What was made anew is nobody else's. */
static void renew(void)
{
	pthread_mutex_init(&other, NULL);
	pthread_mutex_lock(&other);
	count = 0;
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(&lock);
}

void start(void)
{
	change("parent");
	pthread_atfork(take, give, give); // site: verified
	pthread_atfork(take, give, clear); // site: verified
	pthread_atfork(take, give, clear_locked); // site: violations; expect: lock-across-fork pthread_atfork
	pthread_atfork(take, give, clear_other); // site: violations
	pthread_atfork(take, give, renew); // site: verified
}
