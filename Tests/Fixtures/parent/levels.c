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

// In pieces that nobody else calls: however many, they are one function.
static pid_t fork_it(char *const argv[], int out)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		dup2(out, 1);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

static pid_t with_mask(char *const argv[], int out)
{
	sigset_t all, old;
	pid_t pid;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	pid = fork_it(argv, out);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return pid;
}

static pid_t with_out(char *const argv[], const int *ends)
{
	pid_t pid = with_mask(argv, ends[1]);

	close(ends[1]);
	return pid;
}

static pid_t with_check(char *const argv[], const int *ends)
{
	pid_t pid = with_out(argv, ends);

	return pid < 0 ? -1 : pid;
}

int start_in_pieces(char *const argv[])
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	if (with_check(argv, ends) < 0)
		return -1; // expect: fd-leak -
	return ends[0];
}
