#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int failures;

void take_footprint(struct footprint *footprint)
{
    for (int descriptor = 0; descriptor < 1024; descriptor++) {
        int flags = fcntl(descriptor, F_GETFD);
        footprint->descriptors[descriptor] = flags < 0 ? 0 : (unsigned char)(1 + (flags & FD_CLOEXEC));
    }
    pthread_sigmask(SIG_SETMASK, NULL, &footprint->mask);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &footprint->cancel_state);
    pthread_setcancelstate(footprint->cancel_state, NULL);
}

void compare_footprint(const struct footprint *before, int allowed, const char *what)
{
    struct footprint after;
    take_footprint(&after);
    for (int descriptor = 0; descriptor < 1024; descriptor++) {
        if (descriptor != allowed)
            CHECK(before->descriptors[descriptor] == after.descriptors[descriptor], "%s: descriptor %d was %d, is %d",
                  what, descriptor, before->descriptors[descriptor], after.descriptors[descriptor]);
    }
    for (int signal = 1; signal < NSIG; signal++)
        CHECK(sigismember(&before->mask, signal) == sigismember(&after.mask, signal), "%s: blocking of signal %d", what,
              signal);
    CHECK(before->cancel_state == after.cancel_state, "%s", what);
}

int checked_start(const struct spawner_request *request, struct spawner_result *result, const char *what)
{
    struct footprint before;
    take_footprint(&before);
    memset(result, 0x55, sizeof *result);
    errno = E2BIG;
    int error = spawner_start(request, result);
    CHECK(errno == E2BIG, "%s: errno is %d", what, errno);
    CHECK(error == result->error, "%s: %d and %d", what, error, result->error);
    CHECK((error == 0) == (result->stage == SPAWNER_STAGE_NONE), "%s: stage %s with error %d", what,
          spawner_stage_name(result->stage), error);
    CHECK((error == 0) == (result->pid > 0), "%s: pid %d with error %d", what, (int)result->pid, error);
    compare_footprint(&before, result->pidfd, what);
    if (error != 0) {
        CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD, "%s: a child is left", what);
        CHECK(result->pidfd == -1, "%s", what);
    }
    return error;
}

int run(const struct spawner_request *request, const char *what)
{
    struct spawner_result result;
    int error = checked_start(request, &result, what);
    CHECK(error == 0, "%s: %s: %s", what, spawner_stage_name(result.stage), strerror(error));
    if (error != 0)
        return -1;
    if (result.pidfd >= 0)
        close(result.pidfd);
    int status;
    CHECK(waitpid(result.pid, &status, 0) == result.pid, "%s", what);
    CHECK(WIFEXITED(status), "%s: status %x", what, (unsigned int)status);
    return WEXITSTATUS(status);
}

const char *probe_path(void)
{
    const char *path = getenv("PROBE");
    if (path != NULL)
        return path;
    fputs("PROBE names no program\n", stderr);
    exit(2);
}

static void read_probe(const char *path, struct probe *probe)
{
    memset(probe, 0, sizeof *probe);
    FILE *file = fopen(path, "r");
    CHECK(file != NULL, "%s", path);
    if (file == NULL)
        return;
    size_t length = fread(probe->text, 1, sizeof probe->text - 1, file);
    fclose(file);
    probe->text[length] = '\0';
    for (const char *line = probe->text; line != NULL && *line != '\0'; line = strchr(line, '\n')) {
        line += *line == '\n';
        int descriptor;
        unsigned long device;
        unsigned long inode;
        int is_cloexec;
        if (sscanf(line, "fd %d %lu %lu %d", &descriptor, &device, &inode, &is_cloexec) != 4)
            continue;
        probe->descriptors[descriptor].is_open = 1;
        probe->descriptors[descriptor].device = device;
        probe->descriptors[descriptor].inode = inode;
        probe->descriptors[descriptor].is_cloexec = is_cloexec;
    }
}

int run_probe(struct spawner_request *request, struct probe *probe, const char *what)
{
    char output[] = "/tmp/spawner-probe-XXXXXX";
    int file = mkstemp(output);
    CHECK(file >= 0, "%s", what);
    fchmod(file, 0666);
    close(file);
    char *arguments[] = {(char *)"probe", output, NULL};
    request->program = probe_path();
    request->arguments = arguments;
    int status = run(request, what);
    CHECK(status == 0, "%s: the probe ended with %d", what, status);
    read_probe(output, probe);
    unlink(output);
    return status;
}

const char *value_of(const struct probe *probe, const char *name)
{
    static char value[4096];
    size_t length = strlen(name);
    for (const char *line = probe->text; line != NULL && *line != '\0'; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, length) == 0 && line[length] == '=') {
            snprintf(value, sizeof value, "%.*s", (int)strcspn(line + length + 1, "\n"), line + length + 1);
            return value;
        }
    }
    return "";
}

long long number_of(const struct probe *probe, const char *name)
{
    const char *value = value_of(probe, name);
    CHECK(*value != '\0', "the probe says nothing of %s", name);
    return strtoll(value, NULL, 0);
}

int finish(const char *name)
{
    if (failures > 0)
        fprintf(stderr, "%s: %d checks failed\n", name, failures);
    return failures > 0;
}
