// Library code: threads are possible but not seen, so it is a note.
#include <fcntl.h>
#include <unistd.h>

extern char **environ;

static int open_quietly(const char *path, int flags) { return open(path, flags); } // expect: fd-inherited open

pid_t start(char *const argv[], int flags)
{
	int nothing = open_quietly("/dev/null", O_RDWR);
	int copy = dup(nothing);			 // expect: fd-inherited dup
	int given = open("/dev/zero", flags);
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(nothing);
	close(copy);
	close(given);
	return pid;
}
