#include <stdlib.h>
#include <unistd.h>

pid_t recorded_fork(void);

pid_t run(char *const argv[], char *const envp[])
{
	pid_t pid = recorded_fork();

	if (pid == 0) {
		setenv("LANG", "C", 1); // expect: child-environment setenv
		execve(argv[0], argv, envp);
		_exit(127);
	}
	return pid;
}

pid_t serve(int (*work)(int), int fd)
{
	pid_t pid = recorded_fork();

	// This child is a worker, though others of the wrapper exec: where it leaves is what counts.
	if (pid == 0)
		work(fd);
	return pid; // expect: child-leaves -
}
