#define _GNU_SOURCE
#include "supervise.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

struct worker {
    void (*work)(void *context);
    void *context;
    int listener;
    int error;
    pid_t thread;
};

static int install(void)
{
    struct sock_filter instructions[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF)};
    struct sock_fprog program = {1, instructions};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static void *be_worker(void *context)
{
    struct worker *worker = context;
    worker->thread = gettid();
    int listener = install();
    worker->error = listener < 0 ? errno : 0;
    __atomic_store_n(&worker->listener, listener, __ATOMIC_SEQ_CST);
    if (listener >= 0)
        worker->work(worker->context);
    return NULL;
}

/* The number of earlier calls of the same kind. */
static int turn_of(const struct supervision *supervision, enum role role, long number)
{
    int turn = 0;
    for (int i = 0; i < supervision->call_count; i++)
        turn += supervision->calls[i].role == role && supervision->calls[i].number == number;
    return turn;
}

static int fault_for(struct supervision *supervision, enum role role, long number)
{
    int turn = turn_of(supervision, role, number);
    if (supervision->call_count < MOST_CALLS) {
        supervision->calls[supervision->call_count].role = role;
        supervision->calls[supervision->call_count].number = number;
        supervision->calls[supervision->call_count].turn = turn;
        supervision->call_count++;
    }
    for (int i = 0; i < supervision->fault_count; i++) {
        const struct fault *fault = &supervision->faults[i];
        if (fault->role == role && fault->number == number && (fault->turn == turn || fault->turn == EVERY_TURN)) {
            supervision->met[i]++;
            return fault->error;
        }
    }
    return 0;
}

/* The child's calls end where its program begins: what comes first there is brk. */
static int starts_program(const struct supervision *supervision, enum role role, long number)
{
    if (role == PARENT || number != SYS_brk)
        return supervision->is_executed;
    int last = supervision->call_count - 1;
    while (last >= 0 && supervision->calls[last].role == PARENT)
        last--;
    return last >= 0 && supervision->calls[last].number == SYS_execve;
}

static void answer(struct supervision *supervision, struct worker *worker, const struct seccomp_notif *call)
{
    struct seccomp_notif_resp response = {.id = call->id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    enum role role = (pid_t)call->pid == worker->thread ? PARENT : CHILD;
    int error = 0;
    if (supervision->is_active && (role == PARENT || !supervision->is_executed)) {
        supervision->is_executed = starts_program(supervision, role, call->data.nr);
        if (!supervision->is_executed)
            error = fault_for(supervision, role, call->data.nr);
    }
    if (error != 0) {
        /* close() releases the descriptor whatever it returns; this thread shares the parent's. */
        if (call->data.nr == SYS_close && (pid_t)call->pid == worker->thread)
            close((int)call->data.args[0]);
        response.flags = 0;
        response.error = -error;
    }
    ioctl(worker->listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

int supervise(struct supervision *supervision, void (*work)(void *context), void *context)
{
    struct worker worker = {.work = work, .context = context};
    pthread_t thread;
    if (pthread_create(&thread, NULL, be_worker, &worker) != 0)
        return EAGAIN;
    int is_joined = 0;
    int listener;
    do
        listener = __atomic_load_n(&worker.listener, __ATOMIC_SEQ_CST);
    while (listener == 0);
    /* The thread's end hangs up (Linux 5.9); older kernels leave it to the timeout. */
    while (listener > 0) {
        struct pollfd wanted = {.fd = listener, .events = POLLIN};
        struct seccomp_notif call;
        int count = poll(&wanted, 1, 100);
        if (count > 0 && (wanted.revents & POLLIN) != 0) {
            memset(&call, 0, sizeof call);
            if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) == 0)
                answer(supervision, &worker, &call);
        } else if (count > 0 || (count == 0 && pthread_tryjoin_np(thread, NULL) == 0)) {
            is_joined = count == 0;
            break;
        }
    }
    if (listener > 0)
        close(listener);
    if (!is_joined)
        pthread_join(thread, NULL);
    return worker.error;
}
