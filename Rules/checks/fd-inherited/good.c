#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static pthread_mutex_t spawn_lock = PTHREAD_MUTEX_INITIALIZER;

void *serve(void *argument);

int serve_beside(void)
{
	pthread_t thread;

	return pthread_create(&thread, NULL, serve, NULL);
}

int start_reader(char *const argv[], pid_t *pid)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	*pid = fork(); // site: verified
	if (*pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(ends[1]);
	return ends[0];
}

/* Everybody who spawns takes the lock first. */
int start_locked(char *const argv[], pid_t *pid)
{
	int ends[2];

	pthread_mutex_lock(&spawn_lock);
	if (pipe(ends) < 0) {
		pthread_mutex_unlock(&spawn_lock);
		return -1;
	}
	*pid = fork(); // site: verified
	if (*pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(ends[1]);
	pthread_mutex_unlock(&spawn_lock);
	return ends[0];
}

/* Opened when the child is there already. */
int start_then_open(char *const argv[])
{
	pid_t pid = fork(); // site: verified
	int log;

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	log = open("/var/log/starts", O_WRONLY | O_APPEND);
	if (log >= 0) {
		write(log, "started\n", 8);
		close(log);
	}
	return pid;
}
