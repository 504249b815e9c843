#include <pthread.h>
#include <stdio.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void *work(void *data)
{
	return data;
}

int main(int argc, char **argv)
{
	pthread_t thread;
	pid_t pid;

	if (pthread_create(&thread, NULL, work, argv) != 0)
		return 1;
	pid = fork(); // site: violations
	if (pid == 0) {
		printf("%d\n", argc); // expect: child-stdio printf
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_join(thread, NULL);
	return waitpid(pid, NULL, 0) < 0;
}
