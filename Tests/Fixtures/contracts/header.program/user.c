#include <stdio.h>
#include "promise.h"

static void act(int number) // site: violations
{
	printf("%d\n", number); // expect: child-stdio printf
}

void start(void)
{
	on_signal(act);
}
