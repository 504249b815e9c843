#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* Declared in the child's block: nobody else has them. */
pid_t run_closed(char *const argv[], int keep)
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		int fd;
		int flags = 0;

		for (fd = 3; fd < 64; fd++) {
			flags = fcntl(fd, F_GETFD);
			if (fd != keep && flags >= 0)
				fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
		}
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* The idiom for a result: volatile, set before. */
int run_checked(char *const argv[])
{
	volatile int failed = 0;
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid < 0)
		return -1;
	if (pid == 0) {
		execve(argv[0], argv, environ);
		failed = errno;
		_exit(127);
	}
	return failed;
}

/* The parent sets the counter again before it reads it. */
pid_t run_counted(char *const argv[], int fds[], int count)
{
	int i;
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		for (i = 0; i < count; i++)
			dup2(fds[i], i);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	for (i = 0; i < count; i++)
		close(fds[i]);
	return pid;
}

/* The system's own error number, and the variable for the result. */
pid_t run_retried(char *const argv[])
{
	pid_t pid;

	while ((pid = vfork()) < 0 && errno == EAGAIN) // site: verified; expect: vfork-signals vfork
		continue;
	if (pid == 0) {
		errno = 0;
		execve(argv[0], argv, environ);
		_exit(errno == ENOENT ? 127 : 126);
	}
	return pid;
}

/* The parent's branch may write what it likes. */
struct job {
	pid_t pid;
	int started;
};

int run_job(struct job *job, char *const argv[])
{
	pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	job->pid = pid;
	job->started = pid > 0;
	return pid < 0 ? -1 : 0;
}
