#include <unistd.h>

static pid_t children[10];
static int count;

pid_t recorded_fork(void)
{
	pid_t pid = fork(); // site: violations

	if (pid != 0 && pid != -1)
		children[count++] = pid;
	return pid;
}
