#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t spawn_lock = PTHREAD_MUTEX_INITIALIZER;

/* Held so that no other thread's child inherits the pipe: the child only execs. */
pid_t run(char *const argv[], int fds[2])
{
	pid_t pid;

	pthread_mutex_lock(&spawn_lock);
	if (pipe2(fds, O_CLOEXEC) != 0) {
		pthread_mutex_unlock(&spawn_lock);
		return -1;
	}
	pid = fork(); // site: verified
	if (pid == 0) {
		dup2(fds[1], 1);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&spawn_lock);
	return pid;
}

struct queue {
	pthread_mutex_t lock;
	int head, tail;
	int items[64];
};

/* Released on both sides. */
pid_t work(struct queue *queue)
{
	pid_t pid;

	pthread_mutex_lock(&queue->lock);
	pid = fork(); // site: verified
	if (pid == 0) {
		pthread_mutex_unlock(&queue->lock);
		while (queue->head != queue->tail)
			write(1, &queue->items[queue->head++], sizeof(int));
		_exit(0);
	}
	queue->head = queue->tail;
	pthread_mutex_unlock(&queue->lock);
	return pid;
}

/* The child makes the lock new before it takes it. */
pid_t work_anew(struct queue *queue)
{
	pid_t pid;

	pthread_mutex_lock(&queue->lock);
	pid = fork(); // site: verified
	if (pid == 0) {
		pthread_mutex_init(&queue->lock, 0);
		pthread_mutex_lock(&queue->lock);
		queue->head = queue->tail;
		pthread_mutex_unlock(&queue->lock);
		_exit(0);
	}
	pthread_mutex_unlock(&queue->lock);
	return pid;
}
