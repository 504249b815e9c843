#include <setjmp.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static jmp_buf handler;

/* Two processes come back to the handler. */
pid_t run(char *const argv[])
{
	pid_t pid;

	if (setjmp(handler) != 0)
		return -1;
	pid = fork(); // site: violations
	if (pid == 0) {
		execve(argv[0], argv, environ);
		longjmp(handler, 1); // expect: child-longjmp longjmp
	}
	return pid;
}

/* The parent's frames are gone when it wakes up. */
pid_t run_borrowed(char *const argv[])
{
	pid_t pid;

	if (setjmp(handler) != 0)
		return -1;
	pid = vfork(); // site: violations; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		longjmp(handler, 1); // expect: child-longjmp longjmp
	}
	return pid;
}

static void raise_error(void)
{
	longjmp(handler, 2);
}

/* An error routine that both use. */
pid_t run_in(const char *folder, char *const argv[])
{
	pid_t pid;

	if (setjmp(handler) != 0)
		return -1;
	pid = fork(); // site: violations
	if (pid < 0)
		raise_error();
	if (pid > 0)
		return pid;
	if (chdir(folder) != 0)
		raise_error(); // expect: child-longjmp raise_error
	execve(argv[0], argv, environ);
	_exit(127);
}
