#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

typedef void (*GSpawnChildSetupFunc)(void *user_data);
int g_spawn_async(const char *directory, char **argv, char **envp, int flags, GSpawnChildSetupFunc child_setup,
                  void *user_data, int *child_pid, void **error);

/* Others call it too, with code of theirs. */
int spawn_with(char **argv, GSpawnChildSetupFunc setup)
{
	if (!setup)
		return -1;
	return g_spawn_async(NULL, argv, NULL, 0, setup, NULL, NULL, NULL); // site: violations; expect: child-callback setup
}

static void freeing_setup(void *data)
{
	free(data); // expect: child-allocates free
}

int spawn_freeing(char **argv)
{
	return spawn_with(argv, freeing_setup);
}

/* A table of handlers: all that are stored there may be meant. */
struct component {
	void (*lock)(void);
	void (*unlock)(void);
	void (*renew)(void);
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *buffer;

static void take(void)
{
	pthread_mutex_lock(&lock);
}

static void give(void)
{
	pthread_mutex_unlock(&lock);
}

static void renew(void)
{
	pthread_mutex_init(&lock, NULL);
	free(buffer);
}

static const struct component components[] = {
	{ take, give, renew },
	{ NULL, NULL, give },
};

void start_components(void)
{
	unsigned int i;

	for (i = 0; i < 2; i++)
		pthread_atfork(components[i].lock, components[i].unlock, components[i].renew); // site: violations; expect: atfork-unsafe renew
}
