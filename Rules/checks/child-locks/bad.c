#include <pthread.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t config_lock = PTHREAD_RWLOCK_INITIALIZER;
static char table[16][64];
static char program[256];

/* Another thread may hold table_lock while this one forks. */
pid_t run_slot(int slot, char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		char name[64];

		pthread_mutex_lock(&table_lock); // expect: child-locks pthread_mutex_lock
		memcpy(name, table[slot], sizeof name);
		pthread_mutex_unlock(&table_lock); // expect: child-locks pthread_mutex_unlock
		execve(name, argv, environ);
		_exit(127);
	}
	return pid;
}

static void forget(int slot)
{
	pthread_mutex_lock(&table_lock);
	table[slot][0] = '\0';
	pthread_mutex_unlock(&table_lock);
}

/* forget is the parent's as well. */
pid_t run_and_forget(int slot, char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid < 0) {
		forget(slot);
		return -1;
	}
	if (pid == 0) {
		execve(argv[0], argv, environ);
		forget(slot); // expect: child-locks forget
		_exit(127);
	}
	return pid;
}

/* The lock is the parent's own. */
pid_t run_configured(char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		pthread_rwlock_rdlock(&config_lock); // expect: child-locks pthread_rwlock_rdlock
		execve(program, argv, environ);
		_exit(127);
	}
	return pid;
}
