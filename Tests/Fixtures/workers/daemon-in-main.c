// run: --threads yes
// The parent ends inside main and the child goes on there: a worker, although what it starts later execs. One
// finding, where it leaves. Between a double fork's ends the child only stands there: all it does is reported.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void detached(char **argv)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		puts("between"); // expect: child-stdio puts
		if (fork() == 0) { // site: violations
			puts("child"); // expect: child-stdio puts
			execv(argv[0], argv);
			_exit(127);
		}
		exit(0); // expect: child-exit exit
	}
	waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		pid_t daemon = fork(); // site: violations
		if (daemon < 0)
			return 1;
		if (daemon > 0)
			_exit(0);
		setsid();
	}
	char *room = malloc(100);
	printf("serving with %p\n", (void *)room);
	pid_t pid = fork(); // site: violations
	if (pid == 0) {
		puts("starting"); // expect: child-stdio puts
		execv(argv[1], argv + 1);
		exit(127); // expect: child-exit exit
	}
	detached(argv);
	free(room);
	return wait(NULL) < 0; // expect: child-leaves -
}
