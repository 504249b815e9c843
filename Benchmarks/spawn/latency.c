/* Times starts of /bin/true, until it was waited for, by several ways in turn, in a process of a given size.
 *
 *   latency MEGABYTES THREADS STARTS WAY…
 *
 * Prints one line for each start: the way's name and nanoseconds. With - for STARTS it does as many as a line of the
 * standard input says, writes an empty line, and waits for the next. All ways give the program the same: /dev/null as
 * descriptors 0 to 2, an empty signal mask, the default action of SIGPIPE and SIGINT. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "reference_spawner.h"

extern char **environ;

static const char program[] = "/bin/true";
static char *const arguments[] = {(char *)"true", NULL};
static int null_device;
static sigset_t no_signals, default_signals;

static void fail(const char *what) {
    perror(what);
    exit(2);
}

static pid_t by_reference_spawner(void) {
    const struct spawner_descriptor descriptors[] = {{null_device, 0}, {null_device, 1}, {null_device, 2}};
    const struct spawner_request request = {
        .program = program,
        .arguments = arguments,
        .descriptors = descriptors,
        .descriptor_count = 3,
        .default_signals = &default_signals,
        .signal_mask = &no_signals,
    };
    struct spawner_result result;

    if (spawner_start(&request, &result) != 0)
        fail("spawner_start");
    return result.pid;
}

static pid_t by_posix_spawn(void) {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    pid_t pid;

    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &no_signals);
    posix_spawnattr_setsigdefault(&attributes, &default_signals);
    posix_spawn_file_actions_init(&actions);
    for (int target = 0; target < 3; target++)
        posix_spawn_file_actions_adddup2(&actions, null_device, target);
    errno = posix_spawn(&pid, program, &actions, &attributes, arguments, environ);
    if (errno != 0)
        fail("posix_spawn");
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return pid;
}

static pid_t by_fork(void) {
    pid_t pid = fork();

    if (pid < 0)
        fail("fork");
    if (pid == 0) {
        struct sigaction action = {.sa_handler = SIG_DFL};
        sigaction(SIGPIPE, &action, NULL);
        sigaction(SIGINT, &action, NULL);
        for (int target = 0; target < 3; target++)
            dup2(null_device, target);
        sigprocmask(SIG_SETMASK, &no_signals, NULL);
        execve(program, arguments, environ);
        _exit(127);
    }
    return pid;
}

static const struct {
    const char *name;
    pid_t (*start)(void);
} ways[] = {{"reference", by_reference_spawner}, {"posix_spawn", by_posix_spawn}, {"fork", by_fork}};

static int64_t now(void) {
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void *sleep_forever(void *unused) {
    for (;;)
        pause();
    return unused;
}

/* Starts each of the chosen ways so often, in turn. */
static void measure(const size_t *chosen, size_t way_count, int starts) {
    for (int i = 0; i < starts; i++) {
        /* Whatever changes during the measurement, each way meets it at each place of the round. */
        for (size_t turn = 0; turn < way_count; turn++) {
            size_t way = chosen[(turn + (size_t)i) % way_count];
            int status;
            int64_t before = now();
            pid_t pid = ways[way].start();
            if (waitpid(pid, &status, 0) != pid)
                fail("waitpid");
            int64_t after = now();
            if (status != 0) {
                fprintf(stderr, "%s: status %d\n", ways[way].name, status);
                exit(2);
            }
            printf("%s %lld\n", ways[way].name, (long long)(after - before));
        }
    }
}

int main(int count, char **words) {
    size_t chosen[sizeof ways / sizeof *ways], way_count = 0;

    for (int word = 4; word < count; word++)
        for (size_t way = 0; way < sizeof ways / sizeof *ways; way++)
            if (strcmp(words[word], ways[way].name) == 0 && way_count < sizeof ways / sizeof *ways)
                chosen[way_count++] = way;
    if (way_count == 0) {
        fputs("usage: latency MEGABYTES THREADS STARTS reference|posix_spawn|fork…\n", stderr);
        return 2;
    }
    size_t size = strtoull(words[1], NULL, 10) << 20;
    int threads = atoi(words[2]), starts = 0;

    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        fail("mmap");
    madvise(memory, size, MADV_NOHUGEPAGE); /* a heap is made of small pages: fork copies the entry of each */
    memset(memory, 1, size);

    null_device = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null_device < 3)
        fail("/dev/null");
    sigemptyset(&no_signals);
    sigemptyset(&default_signals);
    sigaddset(&default_signals, SIGPIPE);
    sigaddset(&default_signals, SIGINT);
    for (int i = 1; i < threads; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, sleep_forever, NULL) != 0)
            fail("pthread_create");
    }
    if (strcmp(words[3], "-") != 0) {
        measure(chosen, way_count, atoi(words[3]));
        return 0;
    }
    while (scanf("%d", &starts) == 1) {
        measure(chosen, way_count, starts);
        putchar('\n');
        fflush(stdout);
    }
    return 0;
}
