#include <pthread.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static int lines;

static void count_line(void)
{
	pthread_mutex_lock(&log_lock); // expect: child-locks pthread_mutex_lock
	lines++;
	pthread_mutex_unlock(&log_lock); // expect: child-locks pthread_mutex_unlock
}

/* The child's failure path takes the lock that its own thread holds. */
pid_t run(char *const argv[])
{
	pid_t pid;

	pthread_mutex_lock(&log_lock);
	lines = 0;
	pid = fork(); // site: violations; expect: lock-across-fork fork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		count_line();
		_exit(127);
	}
	pthread_mutex_unlock(&log_lock);
	return pid;
}

struct queue {
	pthread_mutex_t lock;
	int head, tail;
	int items[64];
};

/* A worker goes on with a queue that nobody ever unlocks. */
pid_t work(struct queue *queue)
{
	pid_t pid;

	pthread_mutex_lock(&queue->lock);
	pid = fork(); // site: violations; expect: lock-across-fork fork
	if (pid == 0) {
		while (queue->head != queue->tail)
			write(1, &queue->items[queue->head++], sizeof(int));
		_exit(0);
	}
	queue->head = queue->tail;
	pthread_mutex_unlock(&queue->lock);
	return pid;
}
