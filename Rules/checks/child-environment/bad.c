#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

pid_t run_with_locale(char *const argv[], const char *locale)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		setenv("LC_ALL", locale, 1); // expect: child-environment setenv
		unsetenv("LANGUAGE"); // expect: child-environment unsetenv
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* The parent finds the change in its own environment. */
pid_t run_quiet(char *const argv[])
{
	static char setting[] = "QUIET=1";
	pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		putenv(setting); // expect: child-environment putenv
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}
