/* A comment at the cause allows it for all who come there; one finding may have allowed and other causes. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>
#include <unistd.h>

extern char **environ;

void tell(const char *format, ...)
{
	char text[80];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments); // spawnlint: allow(child-stdio) only %s and %d are used
	va_end(arguments);
	write(2, text, sizeof text);
}

void complain(const char *text)
{
	printf("%s", text); // spawnlint: allow(child-stdio) for debugging
	syslog(LOG_ERR, "%s", text);
}

int run(char **argv)
{
	int pid = fork(); // site: violations

	if (pid == 0) {
		execve(argv[0], argv, environ);
		tell("%s", argv[0]);
		complain(argv[0]); // expect: child-unsafe-call complain
		_exit(1);
	}
	if (pid < 0)
		tell("fork");
	else
		complain("started");
	return pid;
}

int run_quietly(char **argv)
{
	int pid = fork(); // site: verified

	if (pid == 0) {
		execve(argv[0], argv, environ);
		tell("%s", argv[0]);
		complain(argv[0]); // spawnlint: allow(child-unsafe-call) no thread logs here
		_exit(1);
	}
	return pid;
}
