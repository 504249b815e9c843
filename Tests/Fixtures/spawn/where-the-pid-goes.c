#include <errno.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

struct process {
	const char *name;
	pid_t pid;
};

int into_member(struct process *self, char **argv)
{
	self->pid = fork(); // site: violations
	if (self->pid == 0) {
		puts(self->name); // expect: child-stdio puts
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return self->pid < 0 ? -errno : 0;
}

int into_pointer(pid_t *out, char **argv)
{
	if ((*out = fork()) == -1) // site: violations
		return -1;
	if (!*out) {
		puts("child"); // expect: child-stdio puts
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return 0;
}

void without_variable(char **argv)
{
	if (vfork()) // site: violations; expect: vfork-signals vfork
		return;
	puts("child"); // expect: child-stdio puts
	execve(argv[0], argv, environ);
	_exit(127);
}

int in_switch(char **argv)
{
	switch (fork()) { // site: violations
	case -1:
		puts("error");
		return -1;
	case 0:
		puts("child"); // expect: child-stdio puts
		execve(argv[0], argv, environ);
		_exit(127);
	}
	puts("parent");
	return 0;
}

int by_goto(char **argv)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0)
		goto child;
	puts("parent");
	return pid;
child:
	puts("child"); // expect: child-stdio puts
	execve(argv[0], argv, environ);
	_exit(127);
}

int by_comparison(char **argv)
{
	pid_t pid;

	while ((pid = fork()) < 0 && errno == EAGAIN) // site: violations
		sleep(1);
	if (pid < 0)
		return -1;
	if (pid >= 1)
		return pid;
	puts("child"); // expect: child-stdio puts
	execve(argv[0], argv, environ);
	_exit(127);
}

int by_ternary(char **argv, int borrow)
{
	pid_t pid = borrow ? vfork() : fork(); // site: violations; expect: vfork-signals vfork

	if (pid == 0) {
		puts("child"); // expect: child-stdio puts
		execve(argv[0], argv, environ);
		_exit(127);
	}
	puts("parent");
	return pid;
}

int by_comma(char **argv)
{
	pid_t pid;

	return pid = fork(), pid ? pid : (execve(argv[0], argv, environ), _exit(127), 0); // site: verified
}

/* Between the call and the test both processes run. */
int between(char **argv)
{
	pid_t pid = fork(); // site: violations

	puts("both"); // expect: child-stdio puts
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
