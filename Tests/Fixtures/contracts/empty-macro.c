#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define _GL_ASYNC_SAFE
#define _Noreturn_function __attribute__((noreturn))

static _GL_ASYNC_SAFE void
log_message(const char *text) // site: verified
{
	write(STDERR_FILENO, text, strlen(text));
}

_GL_ASYNC_SAFE /* before all else */ static void
talk(const char *text) // site: violations
{
	puts(text); // expect: child-stdio puts
}

/* The marker _GL_ASYNC_SAFE in a comment marks nothing. */
static void
say(const char *text)
{
	puts(text);
	log_message("_GL_ASYNC_SAFE");
}

// Nor does _GL_ASYNC_SAFE
static void
shout(const char *text)
{
	talk(text);
	say(text);
}

_Noreturn_function extern void stop(int code) _GL_ASYNC_SAFE;

void
stop(int code) // site: violations
{
	exit(code); // expect: child-exit exit
}

extern int at_signal(_GL_ASYNC_SAFE void (*action)(int), const char *text);

static void
clean(int signal) // site: violations
{
	(void)signal;
	printf("cleaning\n"); // expect: child-stdio printf
}

static void
clean_quietly(int signal) // site: verified
{
	(void)signal;
	unlink("/tmp/lock");
}

static int
install(void (*action)(int))
{
	return at_signal(action, "text");
}

int
start(void)
{
	shout("start");
	return at_signal(clean, "clean") | install(clean_quietly) | at_signal(NULL, NULL);
}

int plain(int first, _GL_ASYNC_SAFE void (*action)(int));

static void
loud(int signal)
{
	printf("%d\n", signal);
}

static int
other(int first, void (*action)(int), int last)
{
	action(first + last);
	return 0;
}

int
use(void)
{
	return other(1, loud, 2);
}
