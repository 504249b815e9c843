#include <pthread.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static char table[16][64];

/* Copied under the lock, used without it. */
pid_t run_slot(int slot, char *const argv[])
{
	char name[64];
	pid_t pid;

	pthread_mutex_lock(&table_lock);
	memcpy(name, table[slot], sizeof name);
	pthread_mutex_unlock(&table_lock);
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(name, argv, environ);
		_exit(127);
	}
	return pid;
}

/* Only the parent comes to the unlock. */
pid_t run_held(int slot)
{
	pid_t pid;

	pthread_mutex_lock(&table_lock);
	pid = fork(); // site: verified
	if (pid == 0) {
		char *argv[2];

		argv[0] = table[slot];
		argv[1] = NULL;
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&table_lock);
	return pid;
}
