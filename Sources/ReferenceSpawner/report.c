#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "report.h"

static int is_target(int descriptor, const struct spawner_request *request)
{
    for (size_t i = 0; i < request->descriptor_count; i++) {
        if (request->descriptors[i].target == descriptor)
            return 1;
    }
    return 0;
}

/* A number that the child will not write over. Each copy has a higher number than the one before, so this ends. */
static int away_from_targets(int descriptor, const struct spawner_request *request)
{
    while (descriptor >= 0 && is_target(descriptor, request)) {
        int higher = fcntl(descriptor, F_DUPFD_CLOEXEC, descriptor + 1);
        int error = errno;
        close(descriptor);
        errno = error;
        descriptor = higher;
    }
    return descriptor;
}

int report_open(struct report_pipe *report, const struct spawner_request *request)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return errno;
    report->reader = ends[0];
    report->writer = away_from_targets(ends[1], request);
    if (report->writer < 0) {
        int error = errno;
        close(report->reader);
        return error;
    }
    return 0;
}

/* Returns the bytes read, -1 with errno. */
static ssize_t read_once(int reader, struct report *content, int is_executed)
{
    for (;;) {
        ssize_t length = read(reader, content, sizeof *content);
        if (length >= 0 || (errno != EINTR && errno != EAGAIN))
            return length;
        if (errno == EAGAIN && is_executed)
            return 0;
        struct pollfd wanted = {.fd = reader, .events = POLLIN};
        if (errno == EAGAIN && poll(&wanted, 1, -1) < 0 && errno != EINTR)
            return -1;
    }
}

struct report report_read(const struct report_pipe *report, int is_executed)
{
    struct report content = {SPAWNER_STAGE_NONE, 0};
    ssize_t length = read_once(report->reader, &content, is_executed);
    if (length != 0 && length != (ssize_t)sizeof content)
        content = (struct report){SPAWNER_STAGE_REPORT, length < 0 ? errno : EPROTO};
    close(report->reader);
    return content;
}
