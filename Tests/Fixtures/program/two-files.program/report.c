#include "report.h"
#include <stdio.h>
#include <unistd.h>

static const char *prefix(void)
{
	return "start";
}

void report(const char *text)
{
	fprintf(stderr, "%s: %s\n", prefix(), text);
}

void close_from(int first)
{
	for (int fd = first; fd < 256; fd++)
		close(fd);
}
