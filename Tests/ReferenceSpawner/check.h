/* What the test programs share. A program ends with status 0 if every check held. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <sys/types.h>

#include "reference_spawner.h"

extern int failures;

#define CHECK(condition, ...)                                                                                         \
    do {                                                                                                              \
        if (!(condition)) {                                                                                           \
            __atomic_add_fetch(&failures, 1, __ATOMIC_RELAXED);                                                       \
            fprintf(stderr, "%s:%d: not so: %s: ", __FILE__, __LINE__, #condition);                                   \
            fprintf(stderr, __VA_ARGS__);                                                                             \
            fputc('\n', stderr);                                                                                      \
        }                                                                                                             \
    } while (0)

/* The process as it must be again after each start. */
struct footprint {
    unsigned char descriptors[1024]; /* 0 closed, else 1 + FD_CLOEXEC */
    sigset_t mask;
    int cancel_state;
};

void take_footprint(struct footprint *footprint);
/* Checks that nothing changed; `allowed` is a descriptor that may be new, or -1. */
void compare_footprint(const struct footprint *before, int allowed, const char *what);

/* spawner_start, and checks what always holds: nothing is left behind, errno is as it was, the result fits the
 * return value. */
int checked_start(const struct spawner_request *request, struct spawner_result *result, const char *what);
/* The same, waits for the program, and returns its exit status; -1 with a failed check if it did not run. */
int run(const struct spawner_request *request, const char *what);

/* What the program `probe` wrote of its own state, below. */
struct probe {
    struct {
        int is_open;
        dev_t device;
        ino_t inode;
        int is_cloexec;
    } descriptors[1024];
    char text[65536]; /* "name=value" lines */
};

/* Where `probe` is, from the environment variable PROBE. */
const char *probe_path(void);
/* Runs `probe` as the request says; program and arguments are filled in. */
int run_probe(struct spawner_request *request, struct probe *probe, const char *what);
/* The value of a line, or "" */
const char *value_of(const struct probe *probe, const char *name);
/* `value_of` as a number. */
long long number_of(const struct probe *probe, const char *name);

/* Ends the program: status 1 if checks failed. */
int finish(const char *name);

#endif
