#include <stdio.h>

/* The promise is given in a header that this file does not include. */
void promised(const char *text) // site: violations
{
	fputs(text, stderr); // expect: child-stdio fputs
}

void on_signal(void (*action)(int))
{
	action(1);
}
