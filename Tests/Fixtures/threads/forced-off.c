// run: --threads no
#include <stdio.h>
#include <unistd.h>

void run(char **argv)
{
	if (fork() == 0) { // site: verified
		printf("%s\n", argv[0]);
		execv(argv[0], argv);
		_exit(127);
	}
}

/* No matter of threads: the memory is the parent's. */
void run_borrowed(char **argv)
{
	if (vfork() == 0) { // site: violations; expect: vfork-signals vfork
		printf("%s\n", argv[0]); // expect: child-stdio printf
		execv(argv[0], argv);
		_exit(127);
	}
}
