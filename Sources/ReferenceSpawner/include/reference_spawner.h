/* Starts programs the way the laws between fork and exec demand: everything is prepared before the spawn call, the child
 * makes system calls and nothing else, and no lock of the caller is held while the parent is suspended.
 *
 * Linux, with glibc or musl. The functions may be called by any number of threads at once. They are no cancellation
 * points, leave errno as it was, and call neither exit nor abort. The header needs the types of POSIX.1-2008: compile
 * with -D_POSIX_C_SOURCE=200809L or the compiler's GNU dialect. */
#ifndef REFERENCE_SPAWNER_H
#define REFERENCE_SPAWNER_H

#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where a start failed. The stages up to SPAWNER_STAGE_SPAWN are the parent's, the others happen in the child, in this
 * order. */
enum spawner_stage {
    SPAWNER_STAGE_NONE = 0,      /* nothing failed */
    SPAWNER_STAGE_REQUEST,       /* the request contradicts itself (EINVAL) or names a closed descriptor (EBADF) */
    SPAWNER_STAGE_MEMORY,        /* no memory for the plan */
    SPAWNER_STAGE_REPORT,        /* the pipe for the child's report: no pipe to be had, or no reading from it */
    SPAWNER_STAGE_SPAWN,         /* no new process */
    SPAWNER_STAGE_SIGNALS,       /* resetting signal handlers */
    SPAWNER_STAGE_SESSION,       /* setsid */
    SPAWNER_STAGE_PROCESS_GROUP, /* setpgid */
    SPAWNER_STAGE_TERMINAL,      /* taking the controlling terminal */
    SPAWNER_STAGE_DIRECTORY,     /* chdir, fchdir */
    SPAWNER_STAGE_DESCRIPTORS,   /* placing descriptors */
    SPAWNER_STAGE_PRIORITY,      /* setpriority */
    SPAWNER_STAGE_LIMITS,        /* setrlimit */
    SPAWNER_STAGE_GROUPS,        /* setgroups */
    SPAWNER_STAGE_GID,           /* setresgid */
    SPAWNER_STAGE_UID,           /* setresuid */
    SPAWNER_STAGE_CALLBACK,      /* unsafe_child_callback; the error is its result */
    SPAWNER_STAGE_MASK,          /* setting the program's signal mask */
    SPAWNER_STAGE_EXEC           /* execve */
};

/* What a request asks for beyond the defaults; bits of spawner_request.flags. */
enum spawner_flag {
    SPAWNER_FORBID_VFORK = 1 << 0,  /* use fork: the parent is copied, but never suspended */
    SPAWNER_CLOSE_OTHERS = 1 << 1,  /* close all descriptors above 2 that are no `target` */
    SPAWNER_NEW_SESSION = 1 << 2,   /* setsid: a session and process group of its own, without a terminal */
    SPAWNER_PROCESS_GROUP = 1 << 3, /* join `process_group` */
    SPAWNER_TERMINAL = 1 << 4,      /* make `terminal` the controlling terminal; needs SPAWNER_NEW_SESSION */
    SPAWNER_DIRECTORY_FD = 1 << 5,  /* start in `directory_fd`; excludes `directory` */
    SPAWNER_UMASK = 1 << 6,         /* set `file_mode_mask` */
    SPAWNER_PRIORITY = 1 << 7,      /* set `priority` */
    SPAWNER_GROUPS = 1 << 8,        /* set `groups`; uses fork */
    SPAWNER_GID = 1 << 9,           /* set `gid`; uses fork */
    SPAWNER_UID = 1 << 10,          /* set `uid`; uses fork */
    SPAWNER_PIDFD = 1 << 11,        /* return a pidfd */
    SPAWNER_PREREAD = 1 << 12       /* read the head of the executable before the spawn call */
};

/* `source` of a descriptor that shall be closed in the program. */
#define SPAWNER_CLOSED (-1)

/* One descriptor of the program. All entries of a request hold at once, as if each `source` were looked at before any
 * `target` is written: {0, 1} and {1, 0} together swap the two. */
struct spawner_descriptor {
    int source; /* an open descriptor of the caller, which keeps it; or SPAWNER_CLOSED */
    int target; /* its number in the program, inherited over exec; no two entries have the same. May be `source` */
};

/* One resource limit of the program. */
struct spawner_limit {
    int resource;        /* RLIMIT_… */
    struct rlimit value; /* in the units of setrlimit(2) */
};

/* What to start, and how. A request of zeros plus `program` and `arguments` starts the program with everything as the
 * caller has it, except that signal handlers are gone and descriptors without FD_CLOEXEC alone stay open (exec does
 * both). The request and all that it points to belong to the caller, are not changed, and must not change until
 * spawner_start returns. */
struct spawner_request {
    /* The file to execute. With a slash it is a path, relative ones seen from the program's directory. Without, it is
     * looked for in `search_path`. */
    const char *program;
    /* Folders between colons, an empty one being the program's directory. NULL: the caller's PATH, and where there is
     * none "/bin:/usr/bin". Whatever lies there is executed by the kernel; scripts without #! fail with ENOEXEC. */
    const char *search_path;
    /* The argument vector, ending in NULL. By convention the first is the program's name. */
    char *const *arguments;
    /* "NAME=value", ending in NULL. NULL: the caller's environment. */
    char *const *environment;

    /* Bits of enum spawner_flag. */
    unsigned int flags;

    /* Descriptors to place, in any order; NULL if there are none. */
    const struct spawner_descriptor *descriptors;
    size_t descriptor_count;

    /* The directory to start in. NULL: the caller's. */
    const char *directory;
    /* The same as an open descriptor, which need not be inherited. With SPAWNER_DIRECTORY_FD only. */
    int directory_fd;

    /* The process group to join, 0 for one of its own. With SPAWNER_PROCESS_GROUP only; excludes SPAWNER_NEW_SESSION,
     * whose processes have a group of their own already. */
    pid_t process_group;
    /* An open descriptor of a terminal that controls no session. With SPAWNER_TERMINAL only. */
    int terminal;

    /* Permission bits that new files don't get. With SPAWNER_UMASK only. */
    mode_t file_mode_mask;
    /* The nice value, -20 (first) to 19 (last). With SPAWNER_PRIORITY only. */
    int priority;
    /* Resource limits, set before user and groups change; NULL if there are none. */
    const struct spawner_limit *limits;
    size_t limit_count;

    /* Signals that have their default action in the program even where the caller ignores them. NULL: none. */
    const sigset_t *default_signals;
    /* The signals that are blocked in the program. NULL: those that are in the calling thread. */
    const sigset_t *signal_mask;

    /* Supplementary groups, group and user (real, effective and saved). Each with its flag only. */
    const gid_t *groups;
    size_t group_count;
    gid_t gid;
    uid_t uid;

    /* For callers that hold a lock which others need, such as an interpreter's: `release_lock` is called before the
     * first thing that may take long, `take_lock` when all is over, also after errors. Both run in the calling thread
     * of the parent, with its signal mask, and never in the child. Between them the calling thread may be suspended
     * until exec is done, and nothing of the request is called. Both or neither may be NULL; neither may fail, start a
     * process or end the thread. */
    void (*release_lock)(void *context);
    void (*take_lock)(void *context);
    void *lock_context;

    /* UNSAFE. Runs in the child immediately before the signal mask is set and the program executed. The child is made
     * by fork(), so handlers of pthread_atfork run too, and the lock of the pair above is held at that moment: it is
     * released after the fork and taken again when exec is done.
     *
     * The callback may call async-signal-safe functions (signal-safety(7)) and nothing else: no malloc, no stdio, no
     * locks, no interpreter. Another thread of the parent may have held any lock at the fork, and nobody releases it in
     * the child. All signals are blocked; descriptors, directory and user are already the program's; the descriptor of
     * the report pipe is open and must stay so. It must return: 0 to go on, or an errno value, with which the start
     * fails at SPAWNER_STAGE_CALLBACK. NULL: none, and prefer it so. */
    int (*unsafe_child_callback)(void *context);
    void *unsafe_child_context;
};

/* What became of a request. */
struct spawner_result {
    /* The new process, to be waited for by the caller; -1 if it does not run the program, and then there is nothing to
     * wait for. */
    pid_t pid;
    /* With SPAWNER_PIDFD: a close-on-exec descriptor of the process, which the caller closes. -1 without the flag, and
     * where the kernel gave none: pidfd_error is the reason then, and the program runs all the same. Needs a caller
     * that neither ignores SIGCHLD nor waits for any child in another thread meanwhile. */
    int pidfd;
    int pidfd_error;
    /* Where it failed, and the errno value; SPAWNER_STAGE_NONE and 0 if it did not. */
    enum spawner_stage stage;
    int error;
    /* 1 if the child was made by vfork, else 0. */
    int used_vfork;
};

/* Starts a program and returns when it is executed, or is known not to be. Returns 0, or the errno value that is also
 * in result->error; the child is waited for then, and no descriptor, lock or blocked signal is left behind. Of a search
 * the error is that of execvpe: EACCES if any candidate was refused, else that of the last; anything but "not there"
 * ends the search.
 *
 * The child is made by vfork, which suspends the calling thread until the program is executed, or by fork where a
 * flag says so, where the callback is set, and where the kernel refuses vfork. All signals are blocked in the calling
 * thread meanwhile. */
int spawner_start(const struct spawner_request *request, struct spawner_result *result);

/* A stage in words, such as "execve"; static memory. */
const char *spawner_stage_name(enum spawner_stage stage);

#ifdef __cplusplus
}
#endif

#endif
