#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Who promises does so for every program, also where this one has a single thread. */
__attribute__((annotate("async-signal-safe"))) static void release(void *memory) // site: violations
{
	free(memory); // expect: child-allocates free
}

int main(int argc, char **argv)
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		release(argv);
		execv("/bin/true", argv);
		_exit(argc);
	}
	return waitpid(pid, NULL, 0) < 0;
}
