// Functions of the program's own, known by declarations alone, that have names of the C library's.
#include <signal.h>
#include <unistd.h>

struct place { const char *file; int line; };
struct shape { int sides; };

extern int error(const char *format, ...);
extern void warn(const struct place *at, unsigned length, const char *format, ...);
extern void dprintf(const char *format, ...);
extern struct shape *clone(const struct shape *shape);
extern void syslog();

int start(char **argv)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		if (argv[1])
			error("no %s", argv[1]); // expect: unknown-call error
		warn(0, 0, "here"); // expect: unknown-call warn
		dprintf("here\n"); // expect: unknown-call dprintf
		syslog(1, "here"); // expect: child-unsafe-call syslog
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

int copy(const struct shape *shape)
{
	return clone(shape) != 0;
}
