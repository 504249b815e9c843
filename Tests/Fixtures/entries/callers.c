#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef void (*GSpawnChildSetupFunc)(void *user_data);
int g_spawn_async(const char *directory, char **argv, char **envp, int flags, GSpawnChildSetupFunc child_setup,
                  void *user_data, int *child_pid, void **error);

struct options {
	int is_verbose;
	int has_terminal;
};

static void setup(void *data)
{
	struct options *options = data;

	if (options->is_verbose)
		puts("starting");
	if (options->has_terminal)
		setsid();
}

/* All callers are known, and none is verbose. */
static int start(char **argv, int is_verbose, int has_terminal)
{
	struct options options = { is_verbose, has_terminal };

	return g_spawn_async(NULL, argv, NULL, 0, setup, &options, NULL, NULL); // site: verified
}

int start_server(char **argv)
{
	return start(argv, 0, 0);
}

int start_shell(char **argv)
{
	return start(argv, 0, 1);
}

static void clean_setup(void *data)
{
	(void)data;
	setsid();
}

static void freeing_setup(void *data)
{
	free(data); // expect: child-allocates free
}

int start_second(char **argv)
{
	return g_spawn_async(NULL, argv, NULL, 0, freeing_setup, NULL, NULL, NULL); // site: violations
}

/* What another function starts is that function's matter. */
int start_both(char **argv)
{
	if (!start_second(argv))
		return 0;
	return g_spawn_async(NULL, argv, NULL, 0, clean_setup, NULL, NULL, NULL); // site: verified
}

/* A child that hands something over makes grandchildren. */
int start_from_child(char **argv)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		g_spawn_async(NULL, argv, NULL, 0, freeing_setup, NULL, NULL, NULL); // site: violations; expect: child-unsafe-call g_spawn_async
		_exit(0);
	}
	return pid;
}
