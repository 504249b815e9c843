/* Of a worker's findings one is shown; comments about the others have their use. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void serve(void)
{
	if (fork() == 0) { // site: verified
		puts("worker"); // spawnlint: allow(child-stdio) before any thread starts
		exit(0); // spawnlint: allow(child-exit) handlers belong to the worker
	}
}
