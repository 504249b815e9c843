#define _GNU_SOURCE
#include "reference_spawner.h"

const char *spawner_stage_name(enum spawner_stage stage)
{
    switch (stage) {
    case SPAWNER_STAGE_NONE: return "none";
    case SPAWNER_STAGE_REQUEST: return "request";
    case SPAWNER_STAGE_MEMORY: return "memory";
    case SPAWNER_STAGE_REPORT: return "report pipe";
    case SPAWNER_STAGE_SPAWN: return "fork";
    case SPAWNER_STAGE_SIGNALS: return "sigaction";
    case SPAWNER_STAGE_SESSION: return "setsid";
    case SPAWNER_STAGE_PROCESS_GROUP: return "setpgid";
    case SPAWNER_STAGE_TERMINAL: return "controlling terminal";
    case SPAWNER_STAGE_DIRECTORY: return "chdir";
    case SPAWNER_STAGE_DESCRIPTORS: return "dup2";
    case SPAWNER_STAGE_PRIORITY: return "setpriority";
    case SPAWNER_STAGE_LIMITS: return "setrlimit";
    case SPAWNER_STAGE_GROUPS: return "setgroups";
    case SPAWNER_STAGE_GID: return "setresgid";
    case SPAWNER_STAGE_UID: return "setresuid";
    case SPAWNER_STAGE_CALLBACK: return "callback";
    case SPAWNER_STAGE_MASK: return "sigprocmask";
    case SPAWNER_STAGE_EXEC: return "execve";
    }
    return "unknown";
}
