// run: --catalogue own.yml
#include <stdio.h>
#include <unistd.h>

int start_program(char **argv, void (*before)(void), void (*after)(int));
void log_raw(const char *text);

static int failures;

static void before(void)
{
	log_raw("before");
	puts("before"); // expect: child-stdio puts
}

static void after(int result)
{
	failures++; // expect: vfork-writes-parent -
	log_raw("after");
	_exit(result);
}

int start(char **argv)
{
	return start_program(argv, before, after); // site: violations
}

int get_failures(void)
{
	return failures;
}
