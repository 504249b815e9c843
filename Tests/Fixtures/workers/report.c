// run: --workers report
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int serve(int fd)
{
	printf("%d\n", fd);
	return 0;
}

/* exit is a worker's normal end. */
int start(int fd)
{
	int pid = fork(); // site: violations

	if (pid != 0)
		return pid;
	puts("worker");
	exit(serve(fd)); // expect: child-exit exit
}

int start_and_return(void)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		puts("worker");
		return 0; // expect: child-leaves -
	}
	return pid;
}

/* Neither leaves nor exits: the calls themselves are what there is to report. */
int start_and_end(void)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		puts("worker"); // expect: child-stdio puts
		_exit(0);
	}
	return pid;
}
