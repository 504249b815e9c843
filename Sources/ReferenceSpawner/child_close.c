/* Closing all other descriptors without memory: one system call where the kernel has it (Linux 5.9), else those that
 * /proc lists, else each number. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "child.h"
#include "system.h"

/* As getdents64(2) fills it in; the name ends in a zero byte, the next entry starts `length` bytes further on. */
struct directory_entry {
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[];
};

static int is_in_ranges(unsigned int descriptor, const struct plan *plan)
{
    for (size_t i = 0; i < plan->range_count; i++) {
        if (descriptor >= plan->ranges[i].first && descriptor <= plan->ranges[i].last)
            return 1;
    }
    return 0;
}

/* The number that is `name`, or -1. */
static int number(const char *name)
{
    int value = 0;
    if (*name == '\0')
        return -1;
    for (; *name != '\0'; name++) {
        if (*name < '0' || *name > '9')
            return -1;
        value = 10 * value + (*name - '0');
    }
    return value;
}

static int open_list(void)
{
    int list;
    do
        list = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (list < 0 && errno == EINTR);
    return list;
}

/* Closes what `entries` names, `size` bytes of them, except for the list itself. */
static void close_listed(const char *entries, size_t size, int list, const struct plan *plan)
{
    uint16_t length;
    for (size_t at = 0; at < size; at += length) {
        memcpy(&length, entries + at + offsetof(struct directory_entry, length), sizeof length);
        int descriptor = number(entries + at + offsetof(struct directory_entry, name));
        if (descriptor >= 0 && descriptor != list && is_in_ranges((unsigned int)descriptor, plan))
            close(descriptor);
    }
}

/* Returns 0 if /proc told all. */
static int close_by_list(const struct plan *plan)
{
    _Alignas(struct directory_entry) char entries[1024];
    int list = open_list();
    if (list < 0)
        return -1;
    ssize_t size;
    do {
        size = system_getdents64(list, entries, sizeof entries);
        if (size > 0)
            close_listed(entries, (size_t)size, list, plan);
    } while (size > 0 || (size < 0 && errno == EINTR));
    close(list);
    return size < 0 ? -1 : 0;
}

static void close_one_by_one(const struct plan *plan)
{
    for (size_t i = 0; i < plan->range_count; i++) {
        for (unsigned int descriptor = plan->ranges[i].first;
             descriptor <= plan->ranges[i].last && descriptor < plan->descriptor_end; descriptor++)
            close((int)descriptor);
    }
}

/* Refused by the kernel or by a filter: it will be for the next range too. */
static int close_by_range(const struct plan *plan)
{
    for (size_t i = 0; i < plan->range_count; i++) {
        if (system_close_range(plan->ranges[i].first, plan->ranges[i].last) != 0)
            return -1;
    }
    return 0;
}

void child_close_others(const struct plan *plan)
{
    if (plan->range_count > 0 && close_by_range(plan) != 0 && close_by_list(plan) != 0)
        close_one_by_one(plan);
}
