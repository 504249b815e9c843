// run: --catalogue own.yml
#include <stdio.h>

#define FOR_CHILDREN

FOR_CHILDREN void first(void) // site: violations
{
	puts("first"); // expect: child-stdio puts
}

__attribute__((annotate("child"))) void second(void) // site: violations
{
	puts("second"); // expect: child-stdio puts
}
