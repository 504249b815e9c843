/* Starts one program for every combination of options that the child sees; options of the parent alone change from one
 * to the next. `combinations PART PARTS` does one part of them. Watched from outside: by strace, by interpose.c. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static char *arguments[] = {(char *)"program", NULL};
static struct spawner_descriptor descriptors[] = {
    {3, 4}, {4, 3}, {5, 5}, {SPAWNER_CLOSED, 6}, {3, 20}, {SPAWNER_CLOSED, 21}};
static struct spawner_limit limits[] = {{RLIMIT_CORE, {0, 0}}, {RLIMIT_NOFILE, {256, 256}}};
static gid_t groups[] = {0};
static sigset_t some_signals;
static int directory;
static int terminal;
static const char *program;
static char search_path[4096];

static void lock_hook(void *context)
{
    (void)context;
}

static void on_signal(int signal)
{
    (void)signal;
}

static int callback(void *context)
{
    (void)context;
    return umask(022) > 0777;
}

/* How many values each option has. */
enum option { KIND, OTHERS, GROUP, DESCRIPTORS, DIRECTORY, UMASK, PRIORITY, LIMITS, SIGNALS, IDENTITY, SEARCH, OPTIONS };
static const int values[OPTIONS] = {3, 2, 4, 2, 3, 2, 2, 2, 2, 2, 2};

static void set_places(struct spawner_request *request, const int *chosen)
{
    static const unsigned int group_flags[] = {0, SPAWNER_NEW_SESSION, SPAWNER_NEW_SESSION | SPAWNER_TERMINAL,
                                               SPAWNER_PROCESS_GROUP};
    request->flags |= group_flags[chosen[GROUP]];
    request->terminal = terminal;
    if (chosen[DIRECTORY] == 1)
        request->directory = "/usr";
    if (chosen[DIRECTORY] == 2) {
        request->flags |= SPAWNER_DIRECTORY_FD;
        request->directory_fd = directory;
    }
    if (chosen[SEARCH]) {
        request->program = "nothing";
        request->search_path = search_path;
    }
}

static void set_rest(struct spawner_request *request, const int *chosen)
{
    request->flags |= chosen[OTHERS] ? SPAWNER_CLOSE_OTHERS : 0;
    request->flags |= chosen[UMASK] ? SPAWNER_UMASK : 0;
    request->file_mode_mask = 022;
    request->flags |= chosen[PRIORITY] ? SPAWNER_PRIORITY : 0;
    request->priority = 1;
    request->descriptors = descriptors;
    request->descriptor_count = chosen[DESCRIPTORS] ? sizeof descriptors / sizeof *descriptors : 0;
    request->limits = limits;
    request->limit_count = chosen[LIMITS] ? 2 : 0;
    if (chosen[SIGNALS]) {
        request->default_signals = &some_signals;
        request->signal_mask = &some_signals;
    }
    if (chosen[IDENTITY]) {
        request->flags |= SPAWNER_GID | SPAWNER_UID | (geteuid() == 0 ? SPAWNER_GROUPS : 0);
        request->groups = groups;
        request->group_count = 1;
        request->gid = getegid();
        request->uid = geteuid();
    }
    if (chosen[KIND] == 1)
        request->flags |= SPAWNER_FORBID_VFORK;
    if (chosen[KIND] == 2)
        request->unsafe_child_callback = callback;
}

static void set_parents(struct spawner_request *request, int turn)
{
    request->flags |= (turn & 1 ? SPAWNER_PIDFD : 0) | (turn & 2 ? SPAWNER_PREREAD : 0);
    if (turn & 4) {
        request->release_lock = lock_hook;
        request->take_lock = lock_hook;
    }
}

static void start(const int *chosen, int turn)
{
    struct spawner_request request = {.program = program, .arguments = arguments};
    set_places(&request, chosen);
    set_rest(&request, chosen);
    set_parents(&request, turn);
    struct spawner_result result;
    int error = spawner_start(&request, &result);
    CHECK(error == 0, "%s: %s", spawner_stage_name(result.stage), strerror(error));
    int status = -1;
    if (error == 0)
        waitpid(result.pid, &status, 0);
    CHECK(status == 0, "status %x", (unsigned int)status);
    if (result.pidfd >= 0)
        close(result.pidfd);
}

static void open_all(void)
{
    for (int i = 3; i <= 6; i++) {
        int file = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (file != i) {
            dup3(file, i, O_CLOEXEC);
            close(file);
        }
    }
    directory = open("/usr", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int control = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    grantpt(control);
    unlockpt(control);
    terminal = open(ptsname(control), O_RDWR | O_NOCTTY | O_CLOEXEC);
    sigemptyset(&some_signals);
    sigaddset(&some_signals, SIGTERM);
    sigaddset(&some_signals, SIGUSR2);
    /* The children's hang-ups, and a handler that they must lose. */
    signal(SIGHUP, SIG_IGN);
    signal(SIGUSR1, on_signal);
}

/* The program `nothing`, and a search that finds it in the third folder. */
static void find_program(void)
{
    program = getenv("NOTHING");
    if (program == NULL) {
        fputs("NOTHING names no program\n", stderr);
        exit(2);
    }
    snprintf(search_path, sizeof search_path, "/nowhere:/etc:%.*s", (int)(strrchr(program, '/') - program), program);
}

int main(int argc, char **argv)
{
    int part = argc > 2 ? atoi(argv[1]) : 0;
    int parts = argc > 2 ? atoi(argv[2]) : 1;
    int chosen[OPTIONS] = {0};
    int option = 0;
    find_program();
    open_all();
    for (int number = 0; option < OPTIONS; number++) {
        if (number % parts == part)
            start(chosen, number / parts);
        for (option = 0; option < OPTIONS && ++chosen[option] == values[option]; option++)
            chosen[option] = 0;
    }
    return finish("combinations");
}
