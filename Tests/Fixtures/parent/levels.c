// The function that spawns is not the one that opens and blocks.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

extern char **environ;

static pid_t do_start(char *const argv[], int in, const sigset_t *mask)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		dup2(in, 0);
		if (mask != NULL)
			sigprocmask(SIG_SETMASK, mask, NULL);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

pid_t start(char *const argv[], int *input)
{
	sigset_t all, old;
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	pid = do_start(argv, ends[0], &old);
	if (pid < 0) {
		close(ends[0]);
		close(ends[1]);
		return -1; // expect: signal-mask-leak -
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	if (input == NULL)
		return pid; // expect: fd-leak -
	close(ends[0]);
	*input = ends[1];
	return pid;
}

// Not handed to the spawning function: something else's descriptor.
pid_t start_logged(char *const argv[], int *input)
{
	int log = open("/var/log/starts", O_WRONLY | O_APPEND);

	if (log < 0)
		return -1;
	write(log, "start\n", 6);
	return start(argv, input);
}
