/* Descriptors: every mapping is as if all sources were read before any target is written. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

enum { NUMBERS = 14 };

/* Files of their own at these numbers, some close-on-exec, some closed; what they are is in `expected`. */
static struct {
    int is_open;
    int is_cloexec;
    struct stat status;
} files[NUMBERS];

static struct probe probe;

/* 0-2 keep the test's own streams. */
static void open_files(unsigned int *seed, int first)
{
    for (int i = first; i < NUMBERS; i++) {
        close(i);
        files[i].is_open = rand_r(seed) % 4 != 0;
        files[i].is_cloexec = rand_r(seed) % 2;
        if (!files[i].is_open)
            continue;
        int file = memfd_create("file", MFD_CLOEXEC);
        if (file != i) {
            dup3(file, i, O_CLOEXEC);
            close(file);
        }
        fcntl(i, F_SETFD, files[i].is_cloexec ? FD_CLOEXEC : 0);
        fstat(i, &files[i].status);
    }
}

static void close_files(int first)
{
    for (int i = first; i < NUMBERS; i++) {
        close(i);
        files[i].is_open = 0;
    }
}

/* The number in the caller of what `number` must be in the program, or -1. */
static int expected(const struct spawner_request *request, int number)
{
    for (size_t i = 0; i < request->descriptor_count; i++) {
        if (request->descriptors[i].target == number)
            return request->descriptors[i].source;
    }
    if (number > 2 && (request->flags & SPAWNER_CLOSE_OTHERS) != 0)
        return -1;
    if (number < NUMBERS && files[number].is_open && !files[number].is_cloexec)
        return number;
    return number < 3 && !files[number].is_open ? -2 : -1;
}

static void compare(const struct spawner_request *request, const char *what)
{
    for (int i = 0; i < 64; i++) {
        int source = expected(request, i);
        if (source == -2) /* the test's own */
            continue;
        CHECK(probe.descriptors[i].is_open == (source >= 0), "%s: descriptor %d is %s", what, i,
              probe.descriptors[i].is_open ? "open" : "closed");
        if (source >= 0 && source < NUMBERS && files[source].is_open)
            CHECK(probe.descriptors[i].inode == files[source].status.st_ino, "%s: descriptor %d is not %d", what, i,
                  source);
        CHECK(!probe.descriptors[i].is_cloexec, "%s: descriptor %d", what, i);
    }
}

static void test(struct spawner_descriptor *entries, size_t count, unsigned int flags, const char *what)
{
    struct spawner_request request = {.descriptors = entries, .descriptor_count = count, .flags = flags};
    run_probe(&request, &probe, what);
    compare(&request, what);
}

static void test_shapes(unsigned int flags)
{
    close_files(3);
    unsigned int seed = 3;
    open_files(&seed, 3);
    for (int i = 3; i < NUMBERS; i++) {
        if (!files[i].is_open) {
            int file = memfd_create("file", 0);
            CHECK(file == i, "%d", file);
            files[i].is_open = 1;
            files[i].is_cloexec = 0;
            fstat(i, &files[i].status);
        }
    }
    struct spawner_descriptor swap[] = {{3, 4}, {4, 3}};
    test(swap, 2, flags, "swap");
    struct spawner_descriptor ring[] = {{3, 4}, {4, 5}, {5, 3}};
    test(ring, 3, flags, "ring of three");
    struct spawner_descriptor rings[] = {{3, 4}, {6, 7}, {4, 3}, {7, 6}, {5, 8}};
    test(rings, 5, flags, "two rings and a chain");
    struct spawner_descriptor tail[] = {{3, 4}, {4, 3}, {3, 20}, {4, 21}};
    test(tail, 4, flags, "a ring whose members are copied elsewhere");
    struct spawner_descriptor chain[] = {{3, 4}, {4, 5}, {5, 6}};
    test(chain, 3, flags, "chain");
    struct spawner_descriptor fan[] = {{3, 3}, {3, 4}, {3, 40}, {SPAWNER_CLOSED, 5}};
    test(fan, 4, flags, "one source, many targets");
    struct spawner_descriptor closed_source[] = {{3, 10}, {SPAWNER_CLOSED, 3}, {4, 11}, {SPAWNER_CLOSED, 4}};
    test(closed_source, 4, flags, "sources that are closed afterwards");
    struct spawner_descriptor standard[] = {{3, 0}, {4, 2}};
    test(standard, 2, flags, "standard streams");
}

static void test_random(unsigned int flags, unsigned int *seed)
{
    close_files(3);
    open_files(seed, 3);
    struct spawner_descriptor entries[NUMBERS + 4];
    size_t count = 0;
    for (int target = 3; target < NUMBERS + 4; target++) {
        int source = rand_r(seed) % NUMBERS;
        if (rand_r(seed) % 3 == 0)
            continue;
        if (source < 3 || !files[source].is_open)
            source = SPAWNER_CLOSED;
        entries[count++] = (struct spawner_descriptor){source, target};
    }
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)rand_r(seed) % i;
        struct spawner_descriptor entry = entries[i - 1];
        entries[i - 1] = entries[other];
        entries[other] = entry;
    }
    unsigned int others = rand_r(seed) % 2 ? SPAWNER_CLOSE_OTHERS : 0;
    test(entries, count, flags | others, "random mapping");
}

/* The report pipe lands on low numbers, and on those that are targets. A program of its own, below, as its standard
 * streams are closed. */
static void test_closed_streams(unsigned int flags)
{
    char digits[12];
    snprintf(digits, sizeof digits, "%u", flags);
    char *arguments[] = {(char *)"test_descriptors", (char *)"closed", digits, NULL};
    struct spawner_request request = {.program = "/proc/self/exe", .arguments = arguments};
    CHECK(run(&request, "closed streams") == 0, "flags %u", flags);
}

static int with_closed_streams(unsigned int flags)
{
    int log = fcntl(2, F_DUPFD_CLOEXEC, 100);
    close_files(0);
    int file = memfd_create("file", 0);
    struct stat status;
    fstat(file, &status);
    CHECK(file == 0, "%d", file);
    for (int target = 0; target < 4; target++) {
        struct spawner_descriptor entries[] = {{0, target}, {SPAWNER_CLOSED, target == 0 ? 3 : 0}};
        struct spawner_request request = {.descriptors = entries, .descriptor_count = 2, .flags = flags};
        run_probe(&request, &probe, "closed streams");
        for (int i = 0; i < 4; i++) {
            CHECK(probe.descriptors[i].is_open == (i == target), "%d", i);
            CHECK(i != target || probe.descriptors[i].inode == status.st_ino, "%d", i);
        }
        char *arguments[] = {(char *)"none", NULL};
        struct spawner_result result;
        request.program = "/nowhere/none";
        request.arguments = arguments;
        checked_start(&request, &result, "closed streams");
        CHECK(result.stage == SPAWNER_STAGE_EXEC && result.error == ENOENT, "%d", result.error);
    }
    if (failures > 0)
        dprintf(log, "closed streams, flags %u: %d checks failed\n", flags, failures);
    return failures > 0;
}

static void test_mistakes(void)
{
    close_files(3);
    char *arguments[] = {(char *)"true", NULL};
    struct spawner_result result;
    struct {
        const char *what;
        struct spawner_descriptor entries[2];
        int error;
    } mistakes[] = {
        {"a closed source", {{0, 5}, {9, 6}}, EBADF},
        /* These numbers the pipe will get. */
        {"a closed source", {{3, 5}, {0, 6}}, EBADF},
        {"a closed source", {{0, 5}, {4, 6}}, EBADF},
        {"one target twice", {{0, 5}, {1, 5}}, EINVAL},
        {"no target", {{0, -1}, {1, 5}}, EINVAL},
        {"no source", {{0, 4}, {-2, 5}}, EINVAL},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct spawner_request request = {
            .program = "/bin/true", .arguments = arguments, .descriptors = mistakes[i].entries, .descriptor_count = 2};
        checked_start(&request, &result, mistakes[i].what);
        CHECK(result.error == mistakes[i].error && result.stage == SPAWNER_STAGE_REQUEST, "%s: %d at %s",
              mistakes[i].what, result.error, spawner_stage_name(result.stage));
    }
    /* Beyond the limit: only dup2 can tell. */
    struct spawner_descriptor far[] = {{0, 1 << 24}};
    struct spawner_request request = {
        .program = "/bin/true", .arguments = arguments, .descriptors = far, .descriptor_count = 1};
    checked_start(&request, &result, "a target beyond the limit");
    CHECK(result.error == EBADF && result.stage == SPAWNER_STAGE_DESCRIPTORS, "%d", result.error);
}

/* No descriptor is left for the pipe, one only, or none for the spare. */
static void test_exhaustion(void)
{
    close_files(3);
    char *arguments[] = {(char *)"true", NULL};
    struct spawner_result result;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    for (rlim_t most = 5; most <= 8; most++) {
        int one = memfd_create("one", MFD_CLOEXEC);
        int other = memfd_create("other", MFD_CLOEXEC);
        struct rlimit low = {most, limit.rlim_max};
        setrlimit(RLIMIT_NOFILE, &low);
        struct spawner_descriptor swap[] = {{one, other}, {other, one}};
        struct spawner_request request = {
            .program = "/bin/true", .arguments = arguments, .descriptors = swap, .descriptor_count = 2};
        checked_start(&request, &result, "exhaustion");
        setrlimit(RLIMIT_NOFILE, &limit);
        /* 5 and 6 (five numbers, the streams and the files): no pipe. 7: no spare beside reader and writer. */
        if (most <= 6)
            CHECK(result.error == EMFILE && result.stage == SPAWNER_STAGE_REPORT, "%d", result.error);
        if (most == 7)
            CHECK(result.error == EMFILE && result.stage == SPAWNER_STAGE_DESCRIPTORS, "%d", result.error);
        if (result.error == 0)
            waitpid(result.pid, NULL, 0);
        CHECK((most == 8) == (result.error == 0), "%d", result.error);
        close(one);
        close(other);
    }
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "closed") == 0)
        return with_closed_streams((unsigned int)atoi(argv[2]));
    unsigned int seed = 20230516;
    for (unsigned int flags = 0; flags <= SPAWNER_FORBID_VFORK; flags += SPAWNER_FORBID_VFORK) {
        test_shapes(flags);
        test_shapes(flags | SPAWNER_CLOSE_OTHERS);
        test_closed_streams(flags);
        test_closed_streams(flags | SPAWNER_CLOSE_OTHERS);
    }
    for (int i = 0; i < 500; i++)
        test_random(i % 8 == 0 ? SPAWNER_FORBID_VFORK : 0, &seed);
    test_mistakes();
    test_exhaustion();
    return finish("descriptors");
}
