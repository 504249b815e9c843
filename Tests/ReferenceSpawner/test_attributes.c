/* What the program inherits, and what the request changes of it. Groups and users are tested as root only. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static struct probe probe;

static void test_defaults(unsigned int flags)
{
    struct spawner_request request = {.flags = flags};
    umask(027);
    run_probe(&request, &probe, "defaults");
    umask(022);
    char *directory = getcwd(NULL, 0);
    CHECK(strcmp(value_of(&probe, "cwd"), directory) == 0, "%s", value_of(&probe, "cwd"));
    free(directory);
    CHECK(number_of(&probe, "umask") == 027, "%s", value_of(&probe, "umask"));
    CHECK(number_of(&probe, "ppid") == getpid(), "%s", value_of(&probe, "ppid"));
    CHECK(number_of(&probe, "sid") == getsid(0), "%s", value_of(&probe, "sid"));
    CHECK(number_of(&probe, "pgid") == getpgrp(), "%s", value_of(&probe, "pgid"));
    CHECK(strcmp(value_of(&probe, "env.PROBE"), probe_path()) == 0, "%s", value_of(&probe, "env.PROBE"));
}

static void test_environment(unsigned int flags)
{
    char *environment[] = {(char *)"ONE=1", (char *)"TWO=", NULL};
    struct spawner_request request = {.flags = flags, .environment = environment};
    run_probe(&request, &probe, "environment");
    CHECK(strcmp(value_of(&probe, "env.ONE"), "1") == 0, "%s", value_of(&probe, "env.ONE"));
    CHECK(strstr(probe.text, "env.TWO=\n") != NULL && strstr(probe.text, "env.PATH") == NULL, "%s", probe.text);
}

static void test_places(unsigned int flags)
{
    struct spawner_request request = {.flags = flags | SPAWNER_UMASK, .directory = "/usr", .file_mode_mask = 0177};
    run_probe(&request, &probe, "directory by path");
    CHECK(strcmp(value_of(&probe, "cwd"), "/usr") == 0, "%s", value_of(&probe, "cwd"));
    CHECK(number_of(&probe, "umask") == 0177, "%s", value_of(&probe, "umask"));

    /* The descriptor is not inherited, and overwritten by a target. */
    int directory = open("/usr/bin", O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct spawner_descriptor over[] = {{0, directory}};
    request = (struct spawner_request){.flags = flags | SPAWNER_DIRECTORY_FD,
                                       .directory_fd = directory,
                                       .descriptors = over,
                                       .descriptor_count = 1};
    run_probe(&request, &probe, "directory by descriptor");
    CHECK(strcmp(value_of(&probe, "cwd"), "/usr/bin") == 0, "%s", value_of(&probe, "cwd"));
    close(directory);
}

static void test_groups_of_processes(unsigned int flags)
{
    struct spawner_request request = {.flags = flags | SPAWNER_NEW_SESSION};
    run_probe(&request, &probe, "session");
    CHECK(number_of(&probe, "sid") == number_of(&probe, "pid"), "%s", value_of(&probe, "sid"));
    CHECK(number_of(&probe, "terminal") == 0, "%s", value_of(&probe, "terminal"));

    request = (struct spawner_request){.flags = flags | SPAWNER_PROCESS_GROUP};
    run_probe(&request, &probe, "process group of its own");
    CHECK(number_of(&probe, "pgid") == number_of(&probe, "pid"), "%s", value_of(&probe, "pgid"));

    char *arguments[] = {(char *)"sleep", (char *)"60", NULL};
    struct spawner_request leader = {
        .program = "sleep", .arguments = arguments, .flags = flags | SPAWNER_PROCESS_GROUP};
    struct spawner_result result;
    checked_start(&leader, &result, "leader");
    request = (struct spawner_request){.flags = flags | SPAWNER_PROCESS_GROUP, .process_group = result.pid};
    run_probe(&request, &probe, "process group of another");
    CHECK(number_of(&probe, "pgid") == result.pid, "%s", value_of(&probe, "pgid"));
    kill(result.pid, SIGKILL);
    waitpid(result.pid, NULL, 0);
}

static void test_terminal(unsigned int flags)
{
    int control = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    CHECK(control >= 0 && grantpt(control) == 0 && unlockpt(control) == 0, "no terminal: %s", strerror(errno));
    int terminal = open(ptsname(control), O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct spawner_request request = {.flags = flags | SPAWNER_NEW_SESSION | SPAWNER_TERMINAL, .terminal = terminal};
    run_probe(&request, &probe, "terminal");
    CHECK(number_of(&probe, "terminal") == 1, "%s", value_of(&probe, "terminal"));
    CHECK(number_of(&probe, "foreground") == number_of(&probe, "pid"), "%s", value_of(&probe, "foreground"));
    close(terminal);
    close(control);
}

static void test_limits(unsigned int flags)
{
    struct spawner_limit limits[] = {{RLIMIT_CORE, {0, 4096}}, {RLIMIT_NOFILE, {8, 8}}};
    struct spawner_descriptor far[] = {{1, 40}};
    struct spawner_request request = {.flags = flags | SPAWNER_PRIORITY,
                                      .priority = 7,
                                      .limits = limits,
                                      .limit_count = 2,
                                      .descriptors = far,
                                      .descriptor_count = 1};
    run_probe(&request, &probe, "limits");
    CHECK(number_of(&probe, "nice") == 7, "%s", value_of(&probe, "nice"));
    CHECK(number_of(&probe, "core") == 0, "%s", value_of(&probe, "core"));
    CHECK(number_of(&probe, "nofile") == 8, "%s", value_of(&probe, "nofile"));
    CHECK(probe.descriptors[40].is_open, "a target above the new limit");
}

static void on_signal(int signal)
{
    (void)signal;
}

static int has(const char *name, int signal)
{
    return (number_of(&probe, name) >> (signal - 1)) & 1;
}

static void test_signals(unsigned int flags)
{
    struct sigaction handler = {.sa_handler = on_signal};
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    struct sigaction old[3];
    sigaction(SIGUSR1, &handler, &old[0]);
    sigaction(SIGUSR2, &ignored, &old[1]);
    sigaction(SIGRTMIN + 3, &ignored, &old[2]);
    sigset_t blocked;
    sigset_t before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGWINCH);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);

    struct spawner_request request = {.flags = flags};
    run_probe(&request, &probe, "signals as they are");
    CHECK(has("SigIgn", SIGUSR2) && has("SigIgn", SIGRTMIN + 3), "%s", value_of(&probe, "SigIgn"));
    CHECK(!has("SigIgn", SIGUSR1) && !has("SigIgn", SIGTERM), "%s", value_of(&probe, "SigIgn"));
    CHECK(number_of(&probe, "SigBlk") == 1LL << (SIGWINCH - 1), "%s", value_of(&probe, "SigBlk"));

    sigset_t defaults;
    sigset_t mask;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGUSR2);
    sigaddset(&defaults, SIGRTMIN + 3);
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    request = (struct spawner_request){.flags = flags, .default_signals = &defaults, .signal_mask = &mask};
    run_probe(&request, &probe, "signals as wanted");
    CHECK(!has("SigIgn", SIGUSR2) && !has("SigIgn", SIGRTMIN + 3), "%s", value_of(&probe, "SigIgn"));
    CHECK(number_of(&probe, "SigBlk") == 1LL << (SIGTERM - 1), "%s", value_of(&probe, "SigBlk"));

    sigset_t all;
    sigfillset(&all);
    request = (struct spawner_request){.flags = flags, .default_signals = &all};
    run_probe(&request, &probe, "all signals at their default");
    /* 32 and 33 are the C library's own: nobody can change them, and some other starters ignore them. */
    CHECK((number_of(&probe, "SigIgn") & ~(3LL << 31)) == 0, "%s", value_of(&probe, "SigIgn"));

    pthread_sigmask(SIG_SETMASK, &before, NULL);
    sigaction(SIGUSR1, &old[0], NULL);
    sigaction(SIGUSR2, &old[1], NULL);
    sigaction(SIGRTMIN + 3, &old[2], NULL);
}

static void test_pidfd(unsigned int flags)
{
    char *arguments[] = {(char *)"true", NULL};
    struct spawner_request request = {.program = "true", .arguments = arguments, .flags = flags | SPAWNER_PIDFD};
    struct spawner_result result;
    if (checked_start(&request, &result, "pidfd") != 0)
        return;
    CHECK(result.pidfd >= 0 && result.pidfd_error == 0, "%d", result.pidfd_error);
    CHECK(fcntl(result.pidfd, F_GETFD) == FD_CLOEXEC, "not close-on-exec");
    struct pollfd wanted = {.fd = result.pidfd, .events = POLLIN};
    CHECK(poll(&wanted, 1, 10000) == 1, "the program does not end");
    siginfo_t info = {0};
    CHECK(waitid((idtype_t)3 /* P_PIDFD */, (id_t)result.pidfd, &info, WEXITED) == 0, "%s", strerror(errno));
    CHECK(info.si_pid == result.pid, "%d is not %d", info.si_pid, result.pid);
    close(result.pidfd);
}

static void test_identity(void)
{
    gid_t groups[] = {7, 9};
    struct spawner_request request = {.flags = SPAWNER_GROUPS | SPAWNER_GID | SPAWNER_UID,
                                      .groups = groups,
                                      .group_count = 2,
                                      .gid = 12,
                                      .uid = 34};
    run_probe(&request, &probe, "identity");
    CHECK(strcmp(value_of(&probe, "uids"), "34 34 34") == 0, "%s", value_of(&probe, "uids"));
    CHECK(strcmp(value_of(&probe, "gids"), "12 12 12") == 0, "%s", value_of(&probe, "gids"));
    CHECK(strcmp(value_of(&probe, "groups"), "7 9") == 0, "%s", value_of(&probe, "groups"));
    request = (struct spawner_request){.flags = SPAWNER_GROUPS};
    run_probe(&request, &probe, "no groups");
    CHECK(strcmp(value_of(&probe, "groups"), "") == 0, "%s", value_of(&probe, "groups"));
}

int main(void)
{
    for (unsigned int flags = 0; flags <= SPAWNER_FORBID_VFORK; flags += SPAWNER_FORBID_VFORK) {
        test_defaults(flags);
        test_environment(flags);
        test_places(flags);
        test_groups_of_processes(flags);
        test_terminal(flags);
        test_limits(flags);
        test_signals(flags);
        test_pidfd(flags);
        test_pidfd(flags | SPAWNER_PREREAD);
    }
    if (geteuid() == 0)
        test_identity();
    else
        puts("SKIPPED: groups and users of the program (needs root)");
    return finish("attributes");
}
