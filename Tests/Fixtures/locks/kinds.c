#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/types.h>
#include <threads.h>
#include <unistd.h>

extern char **environ;

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static mtx_t mutex;
static sem_t slots, items;

static void launch(char *const argv[])
{
	execve(argv[0], argv, environ);
	_exit(127);
}

void shared(char *const argv[])
{
	pthread_rwlock_rdlock(&rwlock);
	if (vfork() == 0) // site: violations; expect: lock-across-vfork vfork
		launch(argv);
	pthread_rwlock_unlock(&rwlock);
}

void spinning(char *const argv[])
{
	pthread_spin_lock(&spin);
	if (vfork() == 0) // site: violations; expect: lock-across-vfork vfork
		launch(argv);
	pthread_spin_unlock(&spin);
}

void standard(char *const argv[])
{
	if (mtx_lock(&mutex) != thrd_success)
		return;
	if (vfork() == 0) // site: violations; expect: lock-across-vfork vfork
		launch(argv);
	mtx_unlock(&mutex);
}

/* Posted below: used as a lock. */
void counted(char *const argv[])
{
	sem_wait(&slots);
	if (vfork() == 0) // site: violations; expect: lock-across-vfork vfork
		launch(argv);
	sem_post(&slots);
}

/* Posted nowhere here: it counts what others produce. */
void consumed(char *const argv[])
{
	sem_wait(&items);
	if (vfork() == 0) // site: verified; expect: vfork-signals vfork
		launch(argv);
}

void stream(FILE *log, char *const argv[])
{
	flockfile(log);
	if (vfork() == 0) // site: violations; expect: lock-across-vfork vfork
		launch(argv);
	funlockfile(log);
}

/* Two of a kind: the other one is held. */
void other(pthread_mutex_t locks[2], char *const argv[])
{
	pthread_mutex_lock(&locks[0]);
	pthread_mutex_lock(&locks[1]);
	pthread_mutex_unlock(&locks[0]);
	if (vfork() == 0) // site: violations; expect: lock-across-vfork vfork
		launch(argv);
	pthread_mutex_unlock(&locks[1]);
}

/* fork does not suspend. */
void forked(char *const argv[])
{
	pthread_rwlock_wrlock(&rwlock);
	if (fork() == 0) // site: verified
		launch(argv);
	pthread_rwlock_unlock(&rwlock);
}
