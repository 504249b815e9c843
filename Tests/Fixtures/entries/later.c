#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

typedef void (*GSpawnChildSetupFunc)(void *user_data);
void g_subprocess_launcher_set_child_setup(void *self, GSpawnChildSetupFunc setup, void *data, void (*destroy)(void *));
void vte_terminal_spawn_async(void *terminal, int pty_flags, const char *directory, char **argv, char **envv,
                              int spawn_flags, GSpawnChildSetupFunc setup, void *data, void (*destroy)(void *),
                              int timeout, void *cancellable, void *callback, void *user_data);

static int is_verbose;

/* Until the child starts, anything may have happened. */
static void setup(void *data)
{
	if (is_verbose)
		puts("verbose"); // expect: child-stdio puts
}

void prepare(void *launcher)
{
	is_verbose = 0;
	g_subprocess_launcher_set_child_setup(launcher, setup, NULL, NULL); // site: violations
}

void set_verbose(void)
{
	is_verbose = 1;
}

static void numbered(void *data)
{
	if (data)
		puts("numbered"); // expect: child-stdio puts
	setsid();
}

static void never_numbered(void *data)
{
	if (data)
		puts("numbered");
	setsid();
}

void open_terminals(void *terminal, char **argv)
{
	vte_terminal_spawn_async(terminal, 0, NULL, argv, NULL, 0, numbered, (void *)3, NULL, -1, NULL, NULL, NULL); // site: violations
	vte_terminal_spawn_async(terminal, 0, NULL, argv, NULL, 0, never_numbered, NULL, NULL, -1, NULL, NULL, NULL); // site: verified
	vte_terminal_spawn_async(terminal, 0, NULL, argv, NULL, 0, NULL, NULL, NULL, -1, NULL, NULL, NULL);
}
