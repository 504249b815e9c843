/* Errors come back exactly, with the place where they happened, and nothing is left behind (see checked_start). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static char *arguments[] = {(char *)"program", NULL};

static void expect(struct spawner_request *request, enum spawner_stage stage, int error, const char *what)
{
    struct spawner_result result;
    unsigned int flags = request->flags;
    for (int i = 0; i < 4; i++) {
        request->flags = flags | (i % 2 ? SPAWNER_FORBID_VFORK : 0) | (i / 2 ? SPAWNER_PREREAD : 0);
        if (request->arguments == NULL)
            request->arguments = arguments;
        checked_start(request, &result, what);
        CHECK(result.error == error && result.stage == stage, "%s: %s at %s, not %s at %s", what,
              strerrorname_np(result.error), spawner_stage_name(result.stage), strerrorname_np(error),
              spawner_stage_name(stage));
        if (result.error == 0)
            waitpid(result.pid, NULL, 0);
    }
    request->flags = flags;
}

static void make(const char *path, const char *text, mode_t mode)
{
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text), "%s", path);
    fchmod(file, mode);
    close(file);
}

static void test_exec(void)
{
    struct {
        const char *program;
        int error;
    } cases[] = {
        {"/nowhere/program", ENOENT}, {"", ENOENT},          {"/etc/passwd/program", ENOTDIR},
        {"./plain", EACCES},          {"/", EACCES},         {"./no-format", ENOEXEC},
        {"./lost", ENOENT},           {"./ring", ELOOP},     {"./script", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spawner_request request = {.program = cases[i].program};
        expect(&request, cases[i].error == 0 ? SPAWNER_STAGE_NONE : SPAWNER_STAGE_EXEC, cases[i].error,
               cases[i].program);
    }
    char name[PATH_MAX + 10];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    struct spawner_request request = {.program = name};
    expect(&request, SPAWNER_STAGE_EXEC, ENAMETOOLONG, "a long name");
    char *big[] = {(char *)"program", calloc(1, 1 << 20), NULL};
    memset(big[1], 'x', (1 << 20) - 1);
    request = (struct spawner_request){.program = "/bin/true", .arguments = big};
    expect(&request, SPAWNER_STAGE_EXEC, E2BIG, "a long argument");
    free(big[1]);
}

/* Folders of the search: `empty` has nothing, `refused` a file that may not be executed, `good` the program, `broken` one
 * without a format. */
static void test_search(void)
{
    struct {
        const char *path;
        int error;
    } cases[] = {
        {"empty", ENOENT},
        {"empty:refused", EACCES},
        {"refused:empty", EACCES},
        {"refused:/nowhere:empty", EACCES},
        {"refused:good", 0},
        {"/nowhere:empty/:good", 0},
        {"broken:good", ENOEXEC},
        {"refused:broken", ENOEXEC},
        {"good:broken", 0},
        {"plain:good", 0}, /* ENOTDIR */
        {"plain", ENOTDIR},
        {"", 0}, /* the current folder, which has `program` */
        {"empty:", 0},
        {"::empty", 0},
        {":", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spawner_request request = {.program = "program", .search_path = cases[i].path};
        expect(&request, cases[i].error == 0 ? SPAWNER_STAGE_NONE : SPAWNER_STAGE_EXEC, cases[i].error, cases[i].path);
    }
    /* Relative folders are seen from the program's directory. */
    struct spawner_request request = {.program = "program", .search_path = "good", .directory = "empty"};
    expect(&request, SPAWNER_STAGE_EXEC, ENOENT, "a folder relative to another directory");
    request.search_path = "../good";
    expect(&request, SPAWNER_STAGE_NONE, 0, "a folder relative to another directory");
    /* A folder that is too long does not end the search. */
    char *path = malloc(PATH_MAX + 100);
    memset(path, 'x', PATH_MAX + 1);
    strcpy(path + PATH_MAX + 1, ":good");
    request = (struct spawner_request){.program = "program", .search_path = path};
    expect(&request, SPAWNER_STAGE_NONE, 0, "a long folder");
    free(path);
    /* The caller's PATH, and none. */
    char *callers = strdup(getenv("PATH"));
    request = (struct spawner_request){.program = "program"};
    setenv("PATH", "empty:good", 1);
    expect(&request, SPAWNER_STAGE_NONE, 0, "the caller's PATH");
    unsetenv("PATH");
    expect(&request, SPAWNER_STAGE_EXEC, ENOENT, "no PATH");
    request.program = "true";
    expect(&request, SPAWNER_STAGE_NONE, 0, "no PATH");
    setenv("PATH", callers, 1);
    free(callers);
}

static void test_stages(void)
{
    struct spawner_request request = {.program = "/bin/true", .directory = "/nowhere"};
    expect(&request, SPAWNER_STAGE_DIRECTORY, ENOENT, "no directory");
    request = (struct spawner_request){.program = "/bin/true", .flags = SPAWNER_DIRECTORY_FD, .directory_fd = 0};
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    request.directory_fd = null;
    expect(&request, SPAWNER_STAGE_DIRECTORY, ENOTDIR, "no directory");
    request = (struct spawner_request){
        .program = "/bin/true", .flags = SPAWNER_NEW_SESSION | SPAWNER_TERMINAL, .terminal = null};
    expect(&request, SPAWNER_STAGE_TERMINAL, ENOTTY, "no terminal");
    close(null);
    request = (struct spawner_request){
        .program = "/bin/true", .flags = SPAWNER_PROCESS_GROUP, .process_group = 1};
    expect(&request, SPAWNER_STAGE_PROCESS_GROUP, EPERM, "a group of another session");
    struct spawner_limit limit = {RLIMIT_CORE, {2, 1}};
    request = (struct spawner_request){.program = "/bin/true", .limits = &limit, .limit_count = 1};
    expect(&request, SPAWNER_STAGE_LIMITS, EINVAL, "a limit above its own");
    if (geteuid() != 0) {
        request = (struct spawner_request){.program = "/bin/true", .flags = SPAWNER_UID, .uid = 0};
        expect(&request, SPAWNER_STAGE_UID, EPERM, "another user");
        request = (struct spawner_request){.program = "/bin/true", .flags = SPAWNER_GID, .gid = 0};
        expect(&request, SPAWNER_STAGE_GID, EPERM, "another group");
        request = (struct spawner_request){.program = "/bin/true", .flags = SPAWNER_GROUPS};
        expect(&request, SPAWNER_STAGE_GROUPS, EPERM, "other groups");
        request = (struct spawner_request){.program = "/bin/true", .flags = SPAWNER_PRIORITY, .priority = -5};
        expect(&request, SPAWNER_STAGE_PRIORITY, EACCES, "a better priority");
    }
}

static void nothing(void *context)
{
    (void)context;
}

static void test_requests(void)
{
    struct spawner_request requests[] = {
        {.program = NULL},
        {.program = "true", .flags = SPAWNER_PREREAD << 1},
        {.program = "true", .flags = SPAWNER_NEW_SESSION | SPAWNER_PROCESS_GROUP},
        {.program = "true", .flags = SPAWNER_TERMINAL},
        {.program = "true", .flags = SPAWNER_DIRECTORY_FD, .directory = "/"},
        {.program = "true", .release_lock = nothing},
        {.program = "true", .take_lock = nothing},
    };
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        char what[32];
        snprintf(what, sizeof what, "request %zu", i);
        expect(&requests[i], SPAWNER_STAGE_REQUEST, EINVAL, what);
    }
    struct spawner_result result;
    struct spawner_request request = {.program = "true"};
    checked_start(&request, &result, "no arguments");
    CHECK(result.stage == SPAWNER_STAGE_REQUEST && result.error == EINVAL, "%d", result.error);
    request = (struct spawner_request){.program = "true", .flags = SPAWNER_DIRECTORY_FD, .directory_fd = 99};
    expect(&request, SPAWNER_STAGE_REQUEST, EBADF, "a closed directory");
    request.directory_fd = 3; /* the number that the pipe will get */
    expect(&request, SPAWNER_STAGE_REQUEST, EBADF, "a closed directory");
    request = (struct spawner_request){
        .program = "true", .flags = SPAWNER_TERMINAL | SPAWNER_NEW_SESSION, .terminal = 99};
    expect(&request, SPAWNER_STAGE_REQUEST, EBADF, "a closed terminal");
}

static int fail_as_told(void *context)
{
    return *(int *)context;
}

static int change_directory(void *context)
{
    return chdir(context) == 0 ? 0 : errno;
}

static void test_callback(void)
{
    int error = EDOM;
    struct spawner_request request = {
        .program = "/bin/true", .unsafe_child_callback = fail_as_told, .unsafe_child_context = &error};
    expect(&request, SPAWNER_STAGE_CALLBACK, EDOM, "a callback that fails");
    error = 0;
    expect(&request, SPAWNER_STAGE_NONE, 0, "a callback");
    static struct probe probe;
    request = (struct spawner_request){.unsafe_child_callback = change_directory, .unsafe_child_context = (void *)"/usr"};
    run_probe(&request, &probe, "a callback");
    CHECK(strcmp(value_of(&probe, "cwd"), "/usr") == 0, "%s", value_of(&probe, "cwd"));
}

int main(void)
{
    char folder[] = "/tmp/spawner-errors-XXXXXX";
    CHECK(mkdtemp(folder) != NULL && chdir(folder) == 0, "%s", folder);
    mkdir("empty", 0700);
    mkdir("refused", 0700);
    mkdir("good", 0700);
    mkdir("broken", 0700);
    make("plain", "text", 0600);
    make("no-format", "text", 0700);
    make("lost", "#!/nowhere/interpreter\n", 0700);
    make("script", "#! /bin/sh\nexit 0\n", 0700);
    make("program", "#!/bin/sh\nexit 0\n", 0700);
    make("refused/program", "#!/bin/sh\nexit 1\n", 0600);
    make("good/program", "#!/bin/sh\nexit 0\n", 0700);
    make("broken/program", "text", 0700);
    CHECK(symlink("ring", "ring") == 0, "%s", strerror(errno));
    test_exec();
    test_search();
    test_stages();
    test_requests();
    test_callback();
    const char *files[] = {"plain", "no-format", "lost", "script", "program", "refused/program", "good/program",
                           "broken/program", "ring"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(files[i]);
    rmdir("empty");
    rmdir("refused");
    rmdir("good");
    rmdir("broken");
    CHECK(chdir("/") == 0 && rmdir(folder) == 0, "%s: %s", folder, strerror(errno));
    return finish("errors");
}
