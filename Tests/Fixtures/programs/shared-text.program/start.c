// run: --threads yes
// In one of two programs only children call shut(): to change it changes it for the parent of the other as well.
#include <unistd.h>

void shut(int fd);

pid_t start(int fd)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		shut(fd); // expect: child-stdio shut
		execl("/bin/true", "true", (char *)0);
		_exit(127);
	}
	return pid;
}
