// run: --threads yes
// What a helper takes and gives back before the child is made.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

struct request {
	char *const *argv;
	const char *path;
	int count;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static int used;

// The same result as on ways on which the lock is free: nobody can know.
static int prepare(const struct request *request)
{
	if (request->path == NULL)
		return -1;
	pthread_mutex_lock(&lock);
	used += request->count;
	if (used > 100)
		return -1; // expect: lock-leak -
	pthread_mutex_unlock(&lock);
	return 0;
}

// The result tells that it is held.
static int begin(const struct request *request)
{
	pthread_mutex_lock(&table);
	if (request->count > 10) {
		pthread_mutex_unlock(&table);
		return -1;
	}
	return 0;
}

static void end(void)
{
	pthread_mutex_unlock(&table);
}

static pid_t make_child(const struct request *request)
{
	pid_t pid = fork(); // site: violations

	if (pid == 0) {
		execve(request->path, request->argv, environ);
		_exit(127);
	}
	return pid;
}

pid_t start(const struct request *request)
{
	pid_t pid;

	if (prepare(request) < 0)
		return -1;
	if (begin(request) < 0)
		return -1;
	pid = make_child(request);
	end();
	return pid;
}

// Read before the child is made, so that it is in memory; a child of another thread may have it until it ends.
static void read_ahead(const struct request *request)
{
	char bytes[4096];
	int file = open(request->path, O_RDONLY); // expect: fd-inherited open

	if (file < 0)
		return;
	read(file, bytes, sizeof bytes);
	close(file);
}

static void read_ahead_safely(const struct request *request)
{
	char bytes[4096];
	int file = open(request->path, O_RDONLY | O_CLOEXEC);

	if (file < 0)
		return;
	read(file, bytes, sizeof bytes);
	close(file);
}

// Of no request: the program's own business.
static int settings(void)
{
	char byte = 0;
	int file = open("/etc/settings", O_RDONLY);

	if (file >= 0) {
		read(file, &byte, 1);
		close(file);
	}
	return byte;
}

// Its own file, which the request does not name.
static void note(const struct request *request)
{
	int file = open("/var/log/requests", O_WRONLY | O_APPEND);

	if (file >= 0) {
		write(file, request->path, 1);
		close(file);
	}
}

// Not for a child that is made later, either.
static void remember(const struct request *request)
{
	int file = open(request->path, O_RDONLY);

	if (file >= 0) {
		read(file, &(char){0}, 1);
		close(file);
	}
}

pid_t start_read(const struct request *request)
{
	pid_t pid;

	note(request);
	if (settings() == 1)
		read_ahead(request);
	else
		read_ahead_safely(request);
	pid = make_child(request);
	remember(request);
	return pid;
}
