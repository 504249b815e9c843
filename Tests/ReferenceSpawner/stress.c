/* stress THREADS STARTS: many threads start programs at once, by vfork and by fork; no program gets a descriptor of another
 * one's start, and the process does not grow. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static const char *program;
static int starts;

/* The program looks for descriptors that it should not have; every tenth cannot be started. */
static void start(unsigned int *seed, int turn)
{
    int file = open("/dev/null", O_RDWR | O_CLOEXEC);
    char number[12];
    int target = 20 + rand_r(seed) % 10;
    snprintf(number, sizeof number, "%d", target);
    char *arguments[] = {(char *)"closed", number, NULL};
    struct spawner_descriptor entry = {file, target};
    struct spawner_request request = {.program = turn % 10 == 9 ? "/nowhere/closed" : program,
                                      .arguments = arguments,
                                      .flags = turn % 8 == 7 ? SPAWNER_FORBID_VFORK : 0,
                                      .descriptors = &entry,
                                      .descriptor_count = 1};
    struct spawner_result result;
    int status = -1;
    int error = spawner_start(&request, &result);
    close(file);
    CHECK(error == (turn % 10 == 9 ? ENOENT : 0), "%s at %s", strerror(error), spawner_stage_name(result.stage));
    if (error == 0)
        CHECK(waitpid(result.pid, &status, 0) == result.pid && status == 0, "status %x", (unsigned int)status);
}

static void *work(void *context)
{
    unsigned int seed = (unsigned int)(size_t)context;
    for (int i = 0; i < starts; i++)
        start(&seed, i);
    return NULL;
}

/* Kilobytes of memory in use. */
static long memory(void)
{
    char line[256];
    long size = -1;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        sscanf(line, "VmRSS: %ld", &size);
    if (status != NULL)
        fclose(status);
    return size;
}

static void run_threads(int count)
{
    pthread_t threads[64];
    for (int i = 0; i < count; i++)
        CHECK(pthread_create(&threads[i], NULL, work, (void *)(size_t)(i + 1)) == 0, "thread %d", i);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

int main(int argc, char **argv)
{
    program = getenv("CLOSED");
    if (argc != 3 || program == NULL)
        return 2;
    int threads = atoi(argv[1]);
    int all = atoi(argv[2]);
    /* What this test was started with is not to be mistaken for a leak. */
    for (int i = 3; i < 1024; i++)
        fcntl(i, F_SETFD, FD_CLOEXEC);
    starts = all / threads / 10;
    run_threads(threads);
    struct footprint before;
    take_footprint(&before);
    long first = memory();
    starts = all / threads - starts;
    run_threads(threads);
    compare_footprint(&before, -1, "stress");
    long last = memory();
    printf("stress: %d starts by %d threads; %ld kB, %ld kB after the first tenth\n", all, threads, last, first);
    /* Sanitizers remember what was. */
    if (getenv("SANITIZED") == NULL)
        CHECK(last - first < 512, "the process has grown by %ld kB", last - first);
    CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD, "a child is left");
    return finish("stress");
}
