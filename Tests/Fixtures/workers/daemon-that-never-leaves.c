// run: --threads yes
// A daemon that serves until it exits; what it starts, it starts as it would in the foreground: a worker.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void start(char **argv)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		puts("starting"); // expect: child-stdio puts
		execv(argv[0], argv);
		_exit(127);
	}
}

static void load(const char *path)
{
	if (access(path, R_OK) != 0) {
		perror(path);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	if (argc > 2) {
		switch (fork()) { // site: violations
		case -1:
			return 1;
		case 0:
			setsid();
			break;
		default:
			_exit(0);
		}
	}
	load(argv[1]); // expect: child-exit load
	for (;;) {
		puts("waiting");
		start(argv + 1);
		pause();
	}
}
