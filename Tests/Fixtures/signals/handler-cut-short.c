// What a handler calls is looked at for a moment only; what the child itself calls is followed to its end all the same.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

extern char **environ;

#define TEN(text) text text text text text text text text text text

static void tell(void)
{
	int n = 0;

	TEN(TEN(TEN(n++; n++; n++; n++; n++;)))
	printf("told %d\n", n);
}

static void on_signal(int number)
{
	(void)number;
	tell();
}

pid_t start(char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		tell(); // expect: child-stdio tell
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

int main(int argc, char *argv[])
{
	signal(SIGTERM, on_signal);
	return start(argv + 1) < 0 || argc == 0;
}
