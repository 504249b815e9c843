#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef void (*GSpawnChildSetupFunc)(void *user_data);
int g_spawn_async(const char *directory, char **argv, char **envp, int flags, GSpawnChildSetupFunc child_setup,
                  void *user_data, int *child_pid, void **error);
int g_spawn_sync(const char *directory, char **argv, char **envp, int flags, GSpawnChildSetupFunc child_setup,
                 void *user_data, char **out, char **err, int *status, void **error);

struct terminal {
	int descriptor;
	int is_verbose;
};

static void clean_setup(void *data)
{
	setsid();
	signal(SIGPIPE, SIG_DFL);
	dup2(((struct terminal *)data)->descriptor, STDIN_FILENO);
}

static void talking_setup(void *data)
{
	struct terminal *terminal = data;

	if (terminal->is_verbose)
		printf("descriptor %d\n", terminal->descriptor); // expect: child-stdio printf
}

static void failing_setup(void *data)
{
	if (setsid() < 0)
		exit(1); // expect: child-exit exit
}

int start_clean(char **argv, struct terminal *terminal)
{
	return g_spawn_async(NULL, argv, NULL, 0, clean_setup, terminal, NULL, NULL); // site: verified
}

int start_talking(char **argv, struct terminal *terminal)
{
	return g_spawn_async(NULL, argv, NULL, 0, talking_setup, terminal, NULL, NULL); // site: violations
}

/* The same function, but here it is known to be silent. */
int start_silent(char **argv)
{
	struct terminal terminal = { 0, 0 };

	return g_spawn_sync(NULL, argv, NULL, 0, talking_setup, &terminal, NULL, NULL, NULL, NULL); // site: verified
}

int start_failing(char **argv)
{
	return g_spawn_async(NULL, argv, NULL, 0, failing_setup, NULL, NULL, NULL); // site: violations
}

/* Nothing of this program runs in the child. */
int start_plain(char **argv)
{
	return g_spawn_async(NULL, argv, NULL, 0, NULL, NULL, NULL, NULL);
}

int start_perhaps(char **argv, struct terminal *terminal, int has_terminal)
{
	GSpawnChildSetupFunc setup = has_terminal ? clean_setup : NULL;

	return g_spawn_async(NULL, argv, NULL, 0, setup, terminal, NULL, NULL); // site: verified
}

static int start_with(char **argv, GSpawnChildSetupFunc setup)
{
	return g_spawn_async(NULL, argv, NULL, 0, setup, NULL, NULL, NULL); // site: violations
}

static void freeing_setup(void *data)
{
	free(data); // expect: child-allocates free
}

int start_through_wrapper(char **argv)
{
	return start_with(argv, freeing_setup) + start_with(argv, NULL);
}

/* Code from outside. */
int start_for_others(char **argv, GSpawnChildSetupFunc setup, void *data)
{
	return g_spawn_async(NULL, argv, NULL, 0, setup, data, NULL, NULL); // site: unproven; expect: child-callback setup
}

static void shared_log(const char *text)
{
	fputs(text, stderr);
}

static void logging_setup(void *data)
{
	shared_log("in the child"); // expect: child-stdio shared_log
}

int start_logging(char **argv)
{
	shared_log("in the parent");
	return g_spawn_async(NULL, argv, NULL, 0, logging_setup, NULL, NULL, NULL); // site: violations
}
