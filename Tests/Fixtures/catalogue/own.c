// run: --catalogue own.yml
#include <unistd.h>

void plugin_prepare(void);
void plugin_flush(void);

int run(char **argv)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		plugin_prepare();
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

int run_flushed(char **argv)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		plugin_flush(); // expect: child-unsafe-call plugin_flush
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}
