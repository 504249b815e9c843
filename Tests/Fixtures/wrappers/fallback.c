#include <errno.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;
pid_t _Fork(void);

static pid_t quick_fork(void)
{
	return _Fork(); // site: violations
}

/* Both children share the code behind the test, and both are known to it. */
pid_t run(char *const argv[])
{
	pid_t pid = quick_fork();

	if (pid < 0 && errno == ENOSYS)
		pid = fork(); // site: violations
	if (pid == 0) {
		setvbuf(stderr, NULL, _IONBF, 0); // expect: child-stdio setvbuf
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
