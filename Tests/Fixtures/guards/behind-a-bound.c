// A function of the child is too long to be followed to its end; what it cannot have changed stays known behind it.
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

#define TEN(text) text text text text text text text text text text

static int is_child;
static int is_loud;

static void fail(void)
{
	if (is_child)
		_exit(127);
	exit(1);
}

static void say(const char *text, char *room)
{
	TEN(TEN(TEN(*room++ = *text++; *room++ = ' ';)))
	write(2, room - 2000, 2000);
}

static void say_loudly(const char *text, char *room)
{
	TEN(TEN(TEN(*room++ = *text++; *room++ = ' ';)))
	is_loud = 1;
}

pid_t start(char *const argv[], const char *greeting)
{
	char room[2001];
	pid_t pid;

	is_child = 1;
	pid = fork(); // site: verified
	if (pid == 0) {
		say(greeting, room);
		say(argv[0], room);
		say(argv[1], room);
		execve(argv[0], argv, environ);
		fail();
	}
	is_child = 0;
	return pid;
}

// What it may have changed does not.
pid_t start_loudly(char *const argv[], const char *greeting)
{
	char room[2001];
	pid_t pid;

	is_loud = 0;
	pid = fork(); // site: violations
	if (pid == 0) {
		say_loudly(greeting, room);
		say_loudly(argv[0], room);
		say_loudly(argv[1], room);
		execve(argv[0], argv, environ);
		if (is_loud)
			exit(1); // expect: child-exit exit
		_exit(127);
	}
	return pid;
}
