// To ask a stream for its descriptor or its state changes nothing that the parent uses.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

pid_t start(char **argv, FILE *out)
{
	sigset_t all, old;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	pid_t pid = vfork(); // site: verified
	if (pid == 0) {
		if (!ferror(out) && fileno(out) != fileno(stdout))
			dup2(fileno(out), fileno(stdout));
		execv(argv[0], argv);
		_exit(127);
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	return pid;
}
