#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* After a failed exec the parent's handlers run here. */
pid_t run(char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execve(argv[0], argv, environ);
		exit(127); // expect: child-exit exit
	}
	return pid;
}

/* They run in the parent's own memory. */
pid_t run_borrowed(char *const argv[])
{
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		execve(argv[0], argv, environ);
		exit(127); // expect: child-exit exit
	}
	return pid;
}

static int serve(int fd)
{
	char buffer[512];
	ssize_t length;

	while ((length = read(fd, buffer, sizeof buffer)) > 0) {
		if (write(fd, buffer, (size_t)length) != length)
			return 1;
	}
	return 0;
}

/* A worker: it never execs. */
pid_t start_worker(int fd)
{
	pid_t pid = fork(); // site: violations

	if (pid != 0)
		return pid;
	exit(serve(fd)); // expect: child-exit exit
}

static void fatal(const char *text)
{
	write(2, text, strlen(text));
	exit(1);
}

/* The parent may end in fatal, the child must not. */
pid_t run_in(const char *folder, char *const argv[])
{
	pid_t pid = fork(); // site: violations

	if (pid < 0)
		fatal("no process\n");
	if (pid == 0) {
		if (chdir(folder) != 0)
			fatal("no folder\n"); // expect: child-exit fatal
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
