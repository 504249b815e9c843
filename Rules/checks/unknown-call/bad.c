#include <sys/types.h>
#include <unistd.h>

extern char **environ;

/* Of another file, which is not part of the run. */
int drop_privileges(const char *user);
void audit_start(const char *program);

pid_t run_as(const char *user, char *const argv[])
{
	pid_t pid = fork(); // site: unproven

	if (pid == 0) {
		if (drop_privileges(user) != 0) // expect: unknown-call drop_privileges
			_exit(126);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* Used by both processes: the call in the child is the place. */
static void enter(const char *program)
{
	audit_start(program);
}

pid_t run_audited(char *const argv[])
{
	pid_t pid;

	enter("launcher");
	pid = vfork(); // site: unproven; expect: vfork-signals vfork
	if (pid == 0) {
		enter(argv[0]); // expect: unknown-call enter
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
