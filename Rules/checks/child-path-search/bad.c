#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execvp(argv[0], argv); // expect: child-path-search execvp
		_exit(127);
	}
	return pid;
}

pid_t edit(const char *file)
{
	pid_t pid;

	if ((pid = vfork()) == 0) { // site: violations; expect: vfork-signals vfork
		execlp("vi", "vi", file, (char *)NULL); // expect: child-path-search execlp
		_exit(127);
	}
	return pid;
}

/* Only the child uses it. */
static void become(const char *program, char *const argv[])
{
	setsid();
	execvp(program, argv); // expect: child-path-search execvp
	_exit(127);
}

pid_t run_detached(const char *program, char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid < 0)
		return -1;
	if (pid == 0)
		become(program, argv);
	return pid;
}
