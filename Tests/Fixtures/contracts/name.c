// run: --contract safe_* --contract *_in_child
#include <stdio.h>
#include <unistd.h>

int safe_close(int fd) // site: verified
{
	return close(fd);
}

static void report_in_child(const char *text) // site: violations
{
	puts(text); // expect: child-stdio puts
}

void unsafe_close(int fd)
{
	puts("closing");
	safe_close(fd);
	report_in_child("closed");
}
