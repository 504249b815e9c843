#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define IN_CHILD __attribute__((annotate("async-signal-safe")))

/* Nobody calls it here. Coming back is what it is for. */
IN_CHILD int close_from(int first) // site: verified
{
	int fd;

	for (fd = first; fd < 256; fd++)
		close(fd);
	return 0;
}

/* The prototype promises for the definition. */
IN_CHILD void tell(const char *text);

void tell(const char *text) // site: violations
{
	fputs(text, stderr); // expect: child-stdio fputs
}

/* A promise counts where it was given: the one that calls it is not told again. */
IN_CHILD void tell_twice(const char *text) // site: violations
{
	tell(text);
	tell(text);
}

static void shared(void)
{
	free(malloc(1));
}

IN_CHILD static void indirect(void) // site: violations
{
	shared(); // expect: child-allocates shared
}

void use(void)
{
	shared();
	indirect();
}

IN_CHILD void call_back(void (*function)(void)) // site: unproven
{
	function(); // expect: child-callback function
}

/* Of another annotation nothing is known. */
__attribute__((annotate("fast"))) void quick(void)
{
	puts("quick");
}
