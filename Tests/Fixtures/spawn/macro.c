#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

#define START() \
	({ \
		pid_t started = vfork(); \
		if (started < 0) \
			puts("cannot start"); \
		started; \
	})

int run(char **argv)
{
	pid_t pid = START(); // site: verified; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

#define IN_CHILD(pid, body) \
	do { \
		(pid) = fork(); \
		if ((pid) == 0) { \
			body; \
			_exit(127); \
		} \
	} while (0)

int run_body(char **argv)
{
	pid_t pid;

	IN_CHILD(pid, execve(argv[0], argv, environ)); // site: verified
	return pid;
}

int run_talking(char **argv)
{
	pid_t pid;

	IN_CHILD(pid, puts(argv[0])); // site: violations; expect: child-stdio puts
	return pid;
}
