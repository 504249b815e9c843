// Arrays of pipes, opened and closed in loops.
#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

extern char **environ;

enum { STREAMS = 3 };

int start(char *const argv[], int parents[STREAMS])
{
	int pipes[STREAMS][2];
	int i, opened = 0;
	pid_t pid;

	for (opened = 0; opened < STREAMS; opened++) {
		if (pipe2(pipes[opened], O_CLOEXEC) < 0)
			goto failed;
	}
	pid = fork(); // site: verified
	if (pid < 0)
		goto failed;
	if (pid == 0) {
		for (i = 0; i < STREAMS; i++)
			dup2(pipes[i][i == 0 ? 0 : 1], i);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	for (i = 0; i < STREAMS; i++) {
		close(pipes[i][i == 0 ? 0 : 1]);
		parents[i] = pipes[i][i == 0 ? 1 : 0];
	}
	return pid;
failed:
	for (i = 0; i < opened; i++) {
		close(pipes[i][0]);
		close(pipes[i][1]);
	}
	return -1;
}

int start_wrongly(char *const argv[], int parents[STREAMS])
{
	int pipes[STREAMS][2];
	int i;
	pid_t pid;

	for (i = 0; i < STREAMS; i++) {
		if (pipe2(pipes[i], O_CLOEXEC) < 0)
			return -1; // expect: fd-leak -
	}
	pid = fork(); // site: violations
	if (pid < 0) {
		for (i = 0; i < STREAMS; i++)
			close(pipes[i][0]);
		return -1; // expect: fd-leak -
	}
	if (pid == 0) {
		for (i = 0; i < STREAMS; i++)
			dup2(pipes[i][i == 0 ? 0 : 1], i);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	for (i = 0; i < STREAMS; i++) {
		close(pipes[i][i == 0 ? 0 : 1]);
		parents[i] = pipes[i][i == 0 ? 1 : 0];
	}
	return pid;
}

// As many as the caller likes: which ones are open is not followed.
int start_many(char *const argv[], int count)
{
	int pipes[16][2];
	int i;
	pid_t pid;

	for (i = 0; i < count && i < 16; i++) {
		if (pipe2(pipes[i], O_CLOEXEC) < 0)
			break;
	}
	count = i;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	for (i = 0; i < count; i++) {
		close(pipes[i][0]);
		close(pipes[i][1]);
	}
	return pid;
}
