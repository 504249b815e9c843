// A pointer that may hold more functions than are followed may change anything, also in a function on the way.
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static int wants_memory;
static int count;

#define ACTION(name) static void name(void) { count++; }
#define TEN(name) \
	ACTION(name##0) ACTION(name##1) ACTION(name##2) ACTION(name##3) ACTION(name##4) \
	ACTION(name##5) ACTION(name##6) ACTION(name##7) ACTION(name##8) ACTION(name##9)
#define TEN_NAMES(name) \
	name##0, name##1, name##2, name##3, name##4, name##5, name##6, name##7, name##8, name##9

TEN(a)
TEN(b)
TEN(c)
TEN(d)
TEN(e)
TEN(f)
TEN(g)

static void remember(void)
{
	wants_memory = 1;
}

static void (*const actions[])(void) = {
	TEN_NAMES(a),
	TEN_NAMES(b),
	TEN_NAMES(c),
	TEN_NAMES(d),
	TEN_NAMES(e),
	TEN_NAMES(f),
	TEN_NAMES(g),
	remember,
};

static void act(int number)
{
	actions[number]();
}

pid_t start(int number)
{
	pid_t pid;

	wants_memory = 0;
	act(number);
	pid = fork(); // site: violations
	if (pid == 0) {
		if (wants_memory && malloc(1) == NULL) // expect: child-allocates malloc
			_exit(1);
		_exit(0);
	}
	return pid;
}
