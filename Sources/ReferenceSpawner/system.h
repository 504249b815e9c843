/* System calls for which not every C library has a function. They change nothing but errno. */
#ifndef SPAWNER_SYSTEM_H
#define SPAWNER_SYSTEM_H

#include <features.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
#include <dirent.h>

/* Linux 5.9. */
static inline int system_close_range(unsigned int first, unsigned int last)
{
    return close_range(first, last, 0);
}

static inline ssize_t system_getdents64(int directory, void *entries, size_t size)
{
    return getdents64(directory, entries, size);
}
#else
static inline int system_close_range(unsigned int first, unsigned int last)
{
    return (int)syscall(SYS_close_range, first, last, 0);
}

static inline ssize_t system_getdents64(int directory, void *entries, size_t size)
{
    return syscall(SYS_getdents64, directory, entries, size);
}
#endif

/* Where ids once had 16 bits, the calls for today's have names of their own. */
#ifdef SYS_setresuid32
#define SPAWNER_SETGROUPS SYS_setgroups32
#define SPAWNER_SETRESGID SYS_setresgid32
#define SPAWNER_SETRESUID SYS_setresuid32
#else
#define SPAWNER_SETGROUPS SYS_setgroups
#define SPAWNER_SETRESGID SYS_setresgid
#define SPAWNER_SETRESUID SYS_setresuid
#endif

#endif
