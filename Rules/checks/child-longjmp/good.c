#include <setjmp.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static jmp_buf handler;

/* The child ends by itself; only the parent jumps. */
pid_t run(char *const argv[])
{
	pid_t pid;

	if (setjmp(handler) != 0)
		return -1;
	pid = fork(); // site: verified
	if (pid < 0)
		longjmp(handler, 1);
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Both ends of the jump lie in the child. */
pid_t run_retry(char *const argv[], char *const fallback[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		jmp_buf again;

		if (setjmp(again) == 0) {
			execve(argv[0], argv, environ);
			longjmp(again, 1);
		}
		execve(fallback[0], fallback, environ);
		_exit(127);
	}
	return pid;
}
