#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Nothing but write in the child. */
static pid_t run(char *const argv[])
{
	static const char message[] = "exec failed\n";
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		write(2, message, sizeof message - 1);
		_exit(127);
	}
	if (pid > 0)
		printf("started %d\n", (int)pid);
	return pid;
}

/* The path is formatted before. */
static pid_t run_in(const char *folder, const char *program)
{
	char path[4096];
	char *argv[2];
	pid_t pid;

	snprintf(path, sizeof path, "%s/%s", folder, program);
	argv[0] = path;
	argv[1] = NULL;
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(path, argv, environ);
		_exit(127);
	}
	return pid;
}

/* This program has one thread for certain: no lock can be held by another. Hidden, and counted. */
static pid_t run_talking(char *const argv[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		fprintf(stderr, "cannot run %s\n", argv[0]);
		_exit(127);
	}
	return pid;
}

int main(int argc, char **argv)
{
	char *list[] = { "/bin/true", NULL };
	int status = 0;

	if (argc > 1)
		list[0] = argv[1];
	if (run(list) < 0 || run_in("/bin", "true") < 0 || run_talking(list) < 0)
		return 1;
	while (wait(&status) > 0)
		continue;
	return status != 0;
}
