// run: --threads yes
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (fork() == 0) { // site: violations
		printf("%d\n", argc); // expect: child-stdio printf
		execv(argv[0], argv);
		_exit(127);
	}
	return 0;
}
