#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

void *serve(void *argument);

int serve_beside(void)
{
	pthread_t thread;

	return pthread_create(&thread, NULL, serve, NULL);
}

/* Another thread's child has both ends, too. */
int start_reader(char *const argv[], pid_t *pid)
{
	int ends[2];

	if (pipe(ends) < 0) // expect: fd-inherited pipe
		return -1;
	*pid = fork(); // site: violations
	if (*pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(ends[1]);
	return ends[0];
}

/* The flag comes too late. */
pid_t start_quietly(char *const argv[])
{
	int nothing = open("/dev/null", O_WRONLY); // expect: fd-inherited open
	pid_t pid;

	fcntl(nothing, F_SETFD, FD_CLOEXEC);
	pid = fork(); // site: violations
	if (pid == 0) {
		dup2(nothing, STDOUT_FILENO);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(nothing);
	return pid;
}
