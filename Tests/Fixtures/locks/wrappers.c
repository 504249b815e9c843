#include <pthread.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

struct object {
	pthread_mutex_t lock;
	int count;
};

static struct object table;
static pthread_mutex_t global_lock = PTHREAD_MUTEX_INITIALIZER;

static void take(struct object *object)
{
	pthread_mutex_lock(&object->lock);
}

static void give(struct object *object)
{
	pthread_mutex_unlock(&object->lock);
}

/* Comes back with the lock held unless there is nothing to do. */
static struct object *get_locked(struct object *object)
{
	pthread_mutex_lock(&object->lock);
	if (object->count == 0) {
		pthread_mutex_unlock(&object->lock);
		return 0;
	}
	return object;
}

/* Balanced: nobody need look inside. */
static void touch(struct object *object)
{
	pthread_mutex_lock(&object->lock);
	object->count++;
	pthread_mutex_unlock(&object->lock);
}

pid_t held_by_wrapper(struct object *object, char *const argv[])
{
	pid_t pid;

	take(object);
	pid = vfork(); // site: violations; expect: lock-across-vfork vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	give(object);
	return pid;
}

pid_t released_by_wrapper(struct object *object, char *const argv[])
{
	pid_t pid;

	take(object);
	touch(object + 1);
	give(object);
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

pid_t held_where_it_was_got(struct object *object, char *const argv[])
{
	struct object *got = get_locked(object);
	pid_t pid;

	if (got == 0)
		return -1;
	pid = vfork(); // site: violations; expect: lock-across-vfork vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	give(got);
	return pid;
}

pid_t free_where_it_was_not_got(char *const argv[])
{
	pid_t pid;

	if (get_locked(&table) != 0) {
		give(&table);
		return -1;
	}
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

pid_t tried(char *const argv[])
{
	pid_t pid;

	if (pthread_mutex_trylock(&global_lock) != 0)
		return -1;
	pid = vfork(); // site: violations; expect: lock-across-vfork vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	pthread_mutex_unlock(&global_lock);
	return pid;
}

pid_t tried_in_vain(char *const argv[])
{
	int taken = pthread_mutex_trylock(&global_lock) == 0;
	pid_t pid;

	if (taken)
		pthread_mutex_unlock(&global_lock);
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}

/* The flag tells whether the lock is held: it never is at the spawn call. */
pid_t flagged(int wants, char *const argv[])
{
	pid_t pid;

	if (wants)
		pthread_mutex_lock(&global_lock);
	if (wants)
		pthread_mutex_unlock(&global_lock);
	pid = vfork(); // site: verified; expect: vfork-signals vfork
	if (pid == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
	return pid;
}
