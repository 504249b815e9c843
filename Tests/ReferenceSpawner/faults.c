/* Every system call of parent and child fails in turn with each errno value that it may have: the right error is
 * reported, or the call was not needed; and no descriptor, child, lock or blocked signal is left behind. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "supervise.h"

/* What a failed call must lead to. */
enum outcome {
    FAILS,   /* the start fails at `stage` with the same errno value */
    GOES_ON, /* as if nothing had been */
    RUNS,    /* the program runs; of its state nothing is known */
    IS_LOST  /* the start looks good, and the child ends with 127: the report itself did not come through */
};

struct rule {
    enum role role;
    long number;
    int errors[7];
    enum outcome outcome;
    enum spawner_stage stage;
    /* Which calls of the number: from `first` to before `end`, counted from 0; `end` 0 for all. */
    int first;
    int end;
};

static const struct rule common_rules[] = {
    {PARENT, SYS_pipe2, {EMFILE, ENFILE}, FAILS, SPAWNER_STAGE_REPORT, 0, 0},
    {PARENT, SYS_rt_sigprocmask, {EINVAL}, FAILS, SPAWNER_STAGE_SPAWN, 0, 1},
    {PARENT, SYS_vfork, {EAGAIN, ENOMEM}, FAILS, SPAWNER_STAGE_SPAWN, 0, 0},
    {PARENT, SYS_vfork, {EINVAL, ENOSYS, EPERM}, GOES_ON, 0, 0, 0},
    {PARENT, SYS_clone, {EAGAIN, ENOMEM, EPERM}, FAILS, SPAWNER_STAGE_SPAWN, 0, 0},
    {PARENT, SYS_close, {EINTR, EIO}, GOES_ON, 0, 0, 0},
    {PARENT, SYS_read, {EINTR}, GOES_ON, 0, 0, 0},
    {PARENT, SYS_read, {EIO, ENOMEM}, FAILS, SPAWNER_STAGE_REPORT, 0, 0},
    {PARENT, SYS_poll, {EINTR}, GOES_ON, 0, 0, 0},
    {PARENT, SYS_poll, {ENOMEM, EINVAL}, FAILS, SPAWNER_STAGE_REPORT, 0, 0},
    {PARENT, SYS_wait4, {EINTR}, GOES_ON, 0, 0, 0},
    {PARENT, SYS_pidfd_open, {ENOSYS, EMFILE, ENODEV}, GOES_ON, 0, 0, 0},
    {PARENT, SYS_newfstatat, {ENOENT, EACCES, EIO}, GOES_ON, 0, 0, 0},
    {PARENT, SYS_openat, {ENOENT, EACCES, EMFILE, EINTR}, GOES_ON, 0, 0, 0},
    {PARENT, SYS_pread64, {EINTR, EIO}, GOES_ON, 0, 0, 0},
    {PARENT, SYS_fcntl, {EBADF}, FAILS, SPAWNER_STAGE_REQUEST, 0, 0},
    {CHILD, SYS_rt_sigaction, {EINVAL}, GOES_ON, 0, 0, 0},
    {CHILD, SYS_setsid, {EPERM}, FAILS, SPAWNER_STAGE_SESSION, 0, 0},
    {CHILD, SYS_setpgid, {EPERM, EACCES, ESRCH, EINVAL}, FAILS, SPAWNER_STAGE_PROCESS_GROUP, 0, 0},
    {CHILD, SYS_ioctl, {EPERM, ENOTTY, EIO}, FAILS, SPAWNER_STAGE_TERMINAL, 0, 0},
    {CHILD, SYS_chdir, {ENOENT, EACCES, ENOTDIR, EIO, ENOMEM}, FAILS, SPAWNER_STAGE_DIRECTORY, 0, 0},
    {CHILD, SYS_fchdir, {EACCES, ENOTDIR, EBADF}, FAILS, SPAWNER_STAGE_DIRECTORY, 0, 0},
    {CHILD, SYS_dup2, {EINTR}, GOES_ON, 0, 0, 0},
    {CHILD, SYS_dup2, {EBADF, EBUSY, EMFILE}, FAILS, SPAWNER_STAGE_DESCRIPTORS, 0, 0},
    {CHILD, SYS_fcntl, {EBADF, EMFILE}, FAILS, SPAWNER_STAGE_DESCRIPTORS, 0, 0},
    {CHILD, SYS_close, {EINTR, EIO, EBADF}, RUNS, 0, 0, 0},
    {CHILD, SYS_close_range, {ENOSYS, EPERM}, GOES_ON, 0, 0, 0},
    {CHILD, SYS_openat, {ENOENT, EMFILE, EACCES, EINTR}, GOES_ON, 0, 0, 0},
    {CHILD, SYS_getdents64, {EINTR, EIO, ENOSYS}, GOES_ON, 0, 0, 0},
    {CHILD, SYS_setpriority, {EACCES, EPERM}, FAILS, SPAWNER_STAGE_PRIORITY, 0, 0},
    {CHILD, SYS_prlimit64, {EPERM, EINVAL}, FAILS, SPAWNER_STAGE_LIMITS, 0, 0},
    {CHILD, SYS_setgroups, {EPERM, EINVAL, ENOMEM}, FAILS, SPAWNER_STAGE_GROUPS, 0, 0},
    {CHILD, SYS_setresgid, {EPERM, EINVAL}, FAILS, SPAWNER_STAGE_GID, 0, 0},
    {CHILD, SYS_setresuid, {EPERM, EAGAIN, EINVAL}, FAILS, SPAWNER_STAGE_UID, 0, 0},
    {CHILD, SYS_rt_sigprocmask, {EINVAL}, FAILS, SPAWNER_STAGE_MASK, 0, 0},
    {CHILD, SYS_execve, {EACCES, ENOEXEC, E2BIG, ETXTBSY, ENOMEM, EIO}, FAILS, SPAWNER_STAGE_EXEC, 0, 0},
    {CHILD, SYS_execve, {ENOENT, ENOTDIR, ESTALE, ETIMEDOUT, ENODEV, EINTR}, FAILS, SPAWNER_STAGE_EXEC, 0, 0},
    {CHILD, SYS_write, {EINTR}, GOES_ON, 0, 0, 0},
    {CHILD, SYS_write, {EIO, EPIPE}, IS_LOST, 0, 0, 0},
};

/* Calls that do not fail, or whose failure belongs to the C library: restoring the mask; memory, which `memory.c` is
 * about; what fork does for itself. */
static const struct {
    enum role role;
    long number;
} certain[] = {
    {PARENT, SYS_rt_sigprocmask}, {PARENT, SYS_prlimit64}, {PARENT, SYS_brk},   {PARENT, SYS_mmap},      {PARENT, SYS_munmap},
    {PARENT, SYS_mprotect},       {PARENT, SYS_kill},  {CHILD, SYS_umask},      {CHILD, SYS_exit_group},
    {CHILD, SYS_set_robust_list}, {CHILD, SYS_rseq},
};

/* One start with expectations of its own; everything else is by the common rules. */
struct scenario {
    const char *name;
    struct spawner_request request;
    /* Without another fault. */
    enum spawner_stage stage;
    int error;
    /* Rules that are others here. */
    struct rule rules[3];
    /* Faults that are there from the start. */
    struct fault faults[MOST_FAULTS - 1];
    int fault_count;
};

struct attempt {
    struct supervision supervision;
    struct spawner_request request;
    struct spawner_result result;
    char what[256];
    int status;
    int lock_depth;
    int most_depth;
};

static char *all_arguments[] = {(char *)"closed", (char *)"3", (char *)"4", (char *)"5", (char *)"20", NULL};
static char *bare_arguments[] = {(char *)"closed", NULL};
static struct spawner_descriptor descriptors[] = {{3, 4}, {4, 3}, {5, 5}, {SPAWNER_CLOSED, 6}, {4, 20}};
static struct spawner_limit limits[] = {{RLIMIT_CORE, {0, 0}}};
static gid_t groups[] = {0};
static sigset_t some_signals;
static char search_path[4096];

static void release_lock(void *context)
{
    ((struct attempt *)context)->lock_depth--;
}

static void take_lock(void *context)
{
    struct attempt *attempt = context;
    if (++attempt->lock_depth > attempt->most_depth)
        attempt->most_depth = attempt->lock_depth;
}

static int callback(void *context)
{
    (void)context;
    return 0;
}

/* In the supervised thread. */
static void start(void *context)
{
    struct attempt *attempt = context;
    sigset_t before;
    sigset_t after;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    attempt->supervision.is_active = 1;
    spawner_start(&attempt->request, &attempt->result);
    attempt->supervision.is_active = 0;
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    for (int signal = 1; signal < NSIG; signal++)
        CHECK(sigismember(&before, signal) == sigismember(&after, signal), "%s: blocking of signal %d", attempt->what,
              signal);
    attempt->status = -1;
    if (attempt->result.pid > 0)
        waitpid(attempt->result.pid, &attempt->status, 0);
    if (attempt->result.pidfd >= 0)
        close(attempt->result.pidfd);
    CHECK(waitpid(-1, NULL, WNOHANG) < 0, "%s: a child is left", attempt->what);
}

/* Returns 0 if the thread could be supervised. */
static int try_once(const struct scenario *scenario, struct attempt *attempt)
{
    struct footprint before;
    attempt->request = scenario->request;
    attempt->request.release_lock = release_lock;
    attempt->request.take_lock = take_lock;
    attempt->request.lock_context = attempt;
    attempt->lock_depth = 0;
    attempt->most_depth = 0;
    take_footprint(&before);
    int error = supervise(&attempt->supervision, start, attempt);
    compare_footprint(&before, -1, attempt->what);
    CHECK(attempt->lock_depth == 0 && attempt->most_depth == 0, "%s: the lock is %s", attempt->what,
          attempt->lock_depth < 0 ? "free" : "taken twice");
    return error;
}

static void expect(const struct attempt *attempt, enum spawner_stage stage, int error, int status)
{
    CHECK(attempt->result.stage == stage && attempt->result.error == error, "%s: %s at %s, not %s at %s", attempt->what,
          strerrorname_np(attempt->result.error), spawner_stage_name(attempt->result.stage), strerrorname_np(error),
          spawner_stage_name(stage));
    if (error == 0 && status >= 0)
        CHECK(WIFEXITED(attempt->status) && WEXITSTATUS(attempt->status) == status, "%s: status %x", attempt->what,
              (unsigned int)attempt->status);
}

static void judge(const struct scenario *scenario, const struct attempt *attempt, const struct rule *rule, int error)
{
    /* The call was not made this time: the child was faster, or slower. */
    if (attempt->supervision.met[scenario->fault_count] == 0 || rule->outcome == GOES_ON) {
        expect(attempt, scenario->stage, scenario->error, 0);
        return;
    }
    switch (rule->outcome) {
    case FAILS: expect(attempt, rule->stage, error, 0); break;
    case IS_LOST: expect(attempt, SPAWNER_STAGE_NONE, 0, 127); break;
    default: expect(attempt, scenario->stage, scenario->error, -1); break;
    }
}

static int applies(const struct rule *rule, enum role role, long number, int turn)
{
    return rule->errors[0] != 0 && rule->role == role && rule->number == number && turn >= rule->first
        && (rule->end == 0 || turn < rule->end);
}

static int is_certain(enum role role, long number)
{
    for (size_t i = 0; i < sizeof certain / sizeof *certain; i++) {
        if (certain[i].role == role && certain[i].number == number)
            return 1;
    }
    return 0;
}

static int attempts;

/* One call fails in all ways of one rule. */
static void fail_call(const struct scenario *scenario, enum role role, long number, int turn, const struct rule *rule)
{
    static struct attempt attempt;
    for (const int *error = rule->errors; *error != 0; error++) {
        memset(&attempt.supervision, 0, sizeof attempt.supervision);
        memcpy(attempt.supervision.faults, scenario->faults, sizeof scenario->faults);
        attempt.supervision.fault_count = scenario->fault_count;
        attempt.supervision.faults[attempt.supervision.fault_count++] = (struct fault){role, number, turn, *error};
        snprintf(attempt.what, sizeof attempt.what, "%s: %s's call %d of %ld: %s", scenario->name,
                 role == CHILD ? "child" : "parent", turn, number, strerrorname_np(*error));
        try_once(scenario, &attempt);
        judge(scenario, &attempt, rule, *error);
        attempts++;
    }
}

static void fail_calls(const struct scenario *scenario, const struct supervision *calls)
{
    for (int i = 0; i < calls->call_count; i++) {
        enum role role = calls->calls[i].role;
        long number = calls->calls[i].number;
        int turn = calls->calls[i].turn;
        int rules = 0;
        /* The queries of the signals are all alike, as are the closings one by one. */
        if (role == CHILD && turn > 12)
            continue;
        for (size_t j = 0; j < sizeof scenario->rules / sizeof *scenario->rules; j++) {
            if (applies(&scenario->rules[j], role, number, turn)) {
                fail_call(scenario, role, number, turn, &scenario->rules[j]);
                rules++;
            }
        }
        for (size_t j = 0; rules == 0 && j < sizeof common_rules / sizeof *common_rules; j++) {
            if (applies(&common_rules[j], role, number, turn))
                fail_call(scenario, role, number, turn, &common_rules[j]);
        }
        for (size_t j = 0; j < sizeof common_rules / sizeof *common_rules; j++)
            rules += applies(&common_rules[j], role, number, turn);
        CHECK(rules > 0 || is_certain(role, number), "%s: no rule for %s's call %d of %ld", scenario->name,
              role == CHILD ? "child" : "parent", turn, number);
    }
}

static int test(const struct scenario *scenario)
{
    static struct attempt attempt;
    memset(&attempt.supervision, 0, sizeof attempt.supervision);
    memcpy(attempt.supervision.faults, scenario->faults, sizeof scenario->faults);
    attempt.supervision.fault_count = scenario->fault_count;
    snprintf(attempt.what, sizeof attempt.what, "%s", scenario->name);
    int error = try_once(scenario, &attempt);
    if (error != 0)
        return error;
    expect(&attempt, scenario->stage, scenario->error, 0);
    static struct supervision calls;
    calls = attempt.supervision;
    fail_calls(scenario, &calls);
    return 0;
}

/* What most scenarios have in common. */
static struct spawner_request everything(const char *program, int directory, int terminal)
{
    return (struct spawner_request){
        .program = program,
        .arguments = all_arguments,
        .flags = SPAWNER_CLOSE_OTHERS | SPAWNER_NEW_SESSION | SPAWNER_TERMINAL | SPAWNER_DIRECTORY_FD | SPAWNER_UMASK
            | SPAWNER_PRIORITY | SPAWNER_PIDFD | SPAWNER_PREREAD,
        .descriptors = descriptors,
        .descriptor_count = sizeof descriptors / sizeof *descriptors,
        .directory_fd = directory,
        .terminal = terminal,
        .priority = 1,
        .limits = limits,
        .limit_count = 1,
        .default_signals = &some_signals,
        .signal_mask = &some_signals,
    };
}

static int open_at(int wanted, const char *path)
{
    int file = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (file != wanted) {
        dup3(file, wanted, O_CLOEXEC);
        close(file);
    }
    return wanted;
}

static int open_terminal(void)
{
    int control = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    grantpt(control);
    unlockpt(control);
    return open(ptsname(control), O_RDWR | O_NOCTTY | O_CLOEXEC);
}

static void on_signal(int signal)
{
    (void)signal;
}

int main(void)
{
    const char *program = getenv("CLOSED");
    if (program == NULL || strrchr(program, '/') == NULL)
        return 2;
    /* Whatever this test was started with; and closing one by one ends here. */
    for (int i = 3; i < 1024; i++)
        close(i);
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){64, 64});
    for (int i = 3; i <= 6; i++)
        open_at(i, "/dev/null");
    int directory = open("/usr", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int terminal = open_terminal();
    sigemptyset(&some_signals);
    sigaddset(&some_signals, SIGTERM);
    sigaddset(&some_signals, SIGUSR2);
    signal(SIGHUP, SIG_IGN);
    signal(SIGUSR1, on_signal);
    snprintf(search_path, sizeof search_path, "/nowhere:%.*s", (int)(strrchr(program, '/') - program), program);

    const struct fault no_range = {CHILD, SYS_close_range, EVERY_TURN, ENOSYS};
    const struct fault no_list = {CHILD, SYS_openat, EVERY_TURN, ENOENT};
    const struct fault no_vfork = {PARENT, SYS_vfork, EVERY_TURN, EINVAL};
    /* The fourth source is checked, then directory and terminal; preread copies the directory's descriptor. */
    const struct rule preread = {PARENT, SYS_fcntl, {EMFILE, EINVAL}, GOES_ON, 0, 6, 7};
    /* SIGUSR1 has a handler: its query, the eighth of them all, is followed by its reset. */
    const struct rule reset = {CHILD, SYS_rt_sigaction, {EFAULT}, FAILS, SPAWNER_STAGE_SIGNALS, 9, 10};
    struct spawner_request all = everything(program, directory, terminal);
    struct spawner_request forked = all;
    forked.flags = SPAWNER_FORBID_VFORK | SPAWNER_PROCESS_GROUP;
    forked.directory = "/usr";
    struct spawner_request identity = {.program = program,
                                       .arguments = bare_arguments,
                                       .flags = SPAWNER_CLOSE_OTHERS | SPAWNER_GID | SPAWNER_UID
                                           | (geteuid() == 0 ? SPAWNER_GROUPS : 0),
                                       .groups = groups,
                                       .group_count = 1,
                                       .gid = getegid(),
                                       .uid = geteuid()};
    struct spawner_request hooked = identity;
    hooked.unsafe_child_callback = callback;
    struct spawner_request search = {
        .program = "closed", .search_path = search_path, .arguments = bare_arguments, .flags = SPAWNER_CLOSE_OTHERS};
    struct spawner_request nowhere = search;
    nowhere.program = "/nowhere/closed";
    /* The listener is 10, the pipe 11 and 12. */
    char *moved_arguments[] = {(char *)"closed", (char *)"12", (char *)"13", NULL};
    struct spawner_descriptor on_pipe[] = {{0, 12}, {1, 13}};
    struct spawner_request moved = {
        .program = program, .arguments = moved_arguments, .descriptors = on_pipe, .descriptor_count = 2};

    struct scenario scenarios[] = {
        {"everything", all, 0, 0, {preread, reset}, {{0, 0, 0, 0}}, 0},
        {"vfork refused", all, 0, 0, {preread, reset}, {no_vfork}, 1},
        {"no close_range", all, 0, 0, {preread, reset}, {no_range}, 1},
        {"no close_range, no /proc", all, 0, 0, {preread, reset}, {no_range, no_list}, 2},
        {"fork", forked, 0, 0, {reset}, {{0, 0, 0, 0}}, 0},
        {"identity", identity, 0, 0, {{0}}, {{0, 0, 0, 0}}, 0},
        {"callback", hooked, 0, 0, {{0}}, {{0, 0, 0, 0}}, 0},
        {"search", search, 0, 0,
         {{CHILD, SYS_execve, {EACCES, ENOTDIR, ESTALE, ETIMEDOUT, ENODEV}, GOES_ON, 0, 0, 1},
          {CHILD, SYS_execve, {ENOEXEC, ENOMEM, ETXTBSY, EINTR, EIO}, FAILS, SPAWNER_STAGE_EXEC, 0, 1}},
         {{0, 0, 0, 0}}, 0},
        {"pipe on targets", moved, 0, 0,
         {{PARENT, SYS_fcntl, {EMFILE, EINVAL}, FAILS, SPAWNER_STAGE_REPORT, 2, 4}}, {{0, 0, 0, 0}}, 0},
        {"no program", nowhere, SPAWNER_STAGE_EXEC, ENOENT, {{0}}, {{0, 0, 0, 0}}, 0},
    };
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
        int error = test(&scenarios[i]);
        if (error != 0) {
            printf("SKIPPED: faults (seccomp's user notification: %s)\n", strerror(error));
            return 77;
        }
    }
    printf("faults: %d calls made to fail\n", attempts);
    return finish("faults");
}
