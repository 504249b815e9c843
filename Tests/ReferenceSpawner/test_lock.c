/* The lock pair: in the parent only, once each, with the lock free while the parent may be suspended. And signals: a
 * handler of the parent never runs in the child. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

/* Shared with fork children too. */
struct record {
    int released;
    int taken;
    int wrong_process;
    int wrong_state;
    int wrong_mask;
    int held_in_callback;
    int handled_in_child;
};

static struct record *record;
/* Not shared: a fork child has the value of the moment of the fork. */
static int held;
static pid_t parent;
static sigset_t mask;

static void look(void)
{
    sigset_t now;
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    record->wrong_process += getpid() != parent;
    for (int signal = 1; signal < NSIG; signal++)
        record->wrong_mask += sigismember(&now, signal) != sigismember(&mask, signal);
}

static void release(void *context)
{
    look();
    record->wrong_state += context != record || !held;
    held = 0;
    record->released++;
}

static void take(void *context)
{
    look();
    record->wrong_state += context != record || held;
    held = 1;
    record->taken++;
}

static int look_at_lock(void *context)
{
    ((struct record *)context)->held_in_callback = held;
    return 0;
}

static void test(struct spawner_request request, int times, const char *what)
{
    char *arguments[] = {(char *)"true", NULL};
    memset(record, 0, sizeof *record);
    held = 1;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    request.arguments = arguments;
    request.release_lock = release;
    request.take_lock = take;
    request.lock_context = record;
    struct spawner_result result;
    checked_start(&request, &result, what);
    if (result.error == 0)
        waitpid(result.pid, NULL, 0);
    CHECK(record->released == times && record->taken == times, "%s: released %d, taken %d times", what,
          record->released, record->taken);
    CHECK(held && !record->wrong_state, "%s: %d wrong states", what, record->wrong_state);
    CHECK(!record->wrong_process, "%s: called in the child", what);
    CHECK(!record->wrong_mask, "%s: called with other signals blocked", what);
}

static void on_signal(int signal)
{
    (void)signal;
    if (getpid() != parent)
        record->handled_in_child++;
}

/* Signals to the whole process group hit the child at any moment. */
static void *shoot(void *context)
{
    while (!*(volatile int *)context)
        kill(0, SIGUSR1);
    return NULL;
}

static void test_handler(unsigned int flags)
{
    static int is_over;
    pthread_t shooter;
    struct sigaction handler = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    memset(record, 0, sizeof *record);
    is_over = 0;
    setpgid(0, 0);
    sigaction(SIGUSR1, &handler, NULL);
    pthread_create(&shooter, NULL, shoot, &is_over);
    char *arguments[] = {(char *)"true", NULL};
    for (int i = 0; i < 200; i++) {
        struct spawner_request request = {.program = "/bin/true", .arguments = arguments, .flags = flags};
        struct spawner_result result;
        spawner_start(&request, &result);
        CHECK(result.error == 0, "%s", strerror(result.error));
        while (waitpid(result.pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    is_over = 1;
    pthread_join(shooter, NULL);
    signal(SIGUSR1, SIG_DFL);
    CHECK(record->handled_in_child == 0, "a handler ran in %d children", record->handled_in_child);
}

/* Cancelling a thread that starts a program takes effect after the start only. */
static void *start_and_wait(void *context)
{
    struct spawner_result *result = context;
    char *arguments[] = {(char *)"true", NULL};
    struct spawner_request request = {.program = "/bin/true", .arguments = arguments};
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    while (*(volatile int *)&result->used_vfork == 0)
        ;
    int old;
    /* Pending by now. */
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
    spawner_start(&request, result);
    pthread_testcancel();
    return NULL;
}

static void test_cancellation(void)
{
    struct spawner_result result = {.pid = 0};
    pthread_t thread;
    void *ended = NULL;
    pthread_create(&thread, NULL, start_and_wait, &result);
    pthread_cancel(thread);
    *(volatile int *)&result.used_vfork = 1;
    pthread_join(thread, &ended);
    CHECK(ended == PTHREAD_CANCELED, "not cancelled");
    CHECK(result.pid > 0 && waitpid(result.pid, NULL, 0) == result.pid, "pid %d", result.pid);
}

int main(void)
{
    parent = getpid();
    record = mmap(NULL, sizeof *record, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (record == MAP_FAILED)
        return 2;
    for (unsigned int flags = 0; flags <= SPAWNER_FORBID_VFORK; flags += SPAWNER_FORBID_VFORK) {
        test((struct spawner_request){.program = "/bin/true", .flags = flags}, 1, "a start");
        test((struct spawner_request){.program = "/bin/true", .flags = flags | SPAWNER_PREREAD}, 1, "with preread");
        test((struct spawner_request){.program = "/nowhere", .flags = flags}, 1, "a failed exec");
        test((struct spawner_request){.program = "/bin/true", .flags = flags, .directory = "/nowhere"}, 1,
             "a failed stage");
        test((struct spawner_request){.program = "/bin/true", .flags = flags | 1u << 30}, 0, "a wrong request");
        test_handler(flags);
    }
    test((struct spawner_request){
             .program = "/bin/true", .unsafe_child_callback = look_at_lock, .unsafe_child_context = record},
         2, "a callback");
    CHECK(record->held_in_callback, "the callback's child is forked without the lock");
    test_cancellation();
    return finish("lock");
}
