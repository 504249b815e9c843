// A worker whose child goes deeper than the analysis follows it: what it does there is not known.
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#define STEP(name, next) static void name(size_t count) { next(count); }
#define TEN(name, next) \
	STEP(name##_a, next) \
	STEP(name##_b, name##_a) \
	STEP(name##_c, name##_b) \
	STEP(name##_d, name##_c) \
	STEP(name##_e, name##_d) \
	STEP(name##_f, name##_e) \
	STEP(name##_g, name##_f) \
	STEP(name##_h, name##_g) \
	STEP(name##_i, name##_h) \
	STEP(name, name##_i)

static void last(size_t count)
{
	if (malloc(count) == NULL)
		_exit(2);
}

TEN(seventh, last)
TEN(sixth, seventh)
TEN(fifth, sixth)
TEN(fourth, fifth)
TEN(third, fourth)
TEN(second, third)
TEN(first, second)

pid_t start_deep(size_t count)
{
	pid_t pid = fork(); // site: unproven

	if (pid == 0) {
		first(count);
		_exit(0);
	}
	return pid;
}
