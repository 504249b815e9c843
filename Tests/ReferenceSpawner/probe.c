/* Writes what it finds itself in to the file named by its argument. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

extern char **environ;

static struct {
    int is_open;
    struct stat status;
    int is_cloexec;
} descriptors[1024];

/* Before anything is opened. */
static void look_at_descriptors(void)
{
    for (int i = 0; i < 1024; i++) {
        int flags = fcntl(i, F_GETFD);
        descriptors[i].is_open = flags >= 0 && fstat(i, &descriptors[i].status) == 0;
        descriptors[i].is_cloexec = flags > 0;
    }
}

/* SigBlk, SigIgn and SigCgt are masks in base 16, bit 0 being signal 1. */
static void show_status(FILE *out)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[512];
    char name[64];
    unsigned long long mask;
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, "Sig", 3) == 0 && sscanf(line, "%63[^:]: %llx", name, &mask) == 2)
            fprintf(out, "%s=%#llx\n", name, mask);
    }
    if (status != NULL)
        fclose(status);
}

static void show_ids(FILE *out)
{
    uid_t users[3];
    gid_t groups[3];
    gid_t others[64];
    getresuid(&users[0], &users[1], &users[2]);
    getresgid(&groups[0], &groups[1], &groups[2]);
    fprintf(out, "uids=%u %u %u\ngids=%u %u %u\ngroups=", users[0], users[1], users[2], groups[0], groups[1], groups[2]);
    int count = getgroups(64, others);
    for (int i = 0; i < count; i++)
        fprintf(out, "%s%u", i > 0 ? " " : "", others[i]);
    fputc('\n', out);
}

static void show_limit(FILE *out, const char *name, int resource)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) == 0)
        fprintf(out, "%s=%llu\n", name, (unsigned long long)limit.rlim_cur);
}

int main(int argc, char **argv)
{
    look_at_descriptors();
    mode_t mask = umask(0);
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (out == NULL)
        return 3;
    for (int i = 0; i < 1024; i++) {
        if (descriptors[i].is_open)
            fprintf(out, "fd %d %lu %lu %d\n", i, (unsigned long)descriptors[i].status.st_dev,
                    (unsigned long)descriptors[i].status.st_ino, descriptors[i].is_cloexec);
    }
    char directory[4096];
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    fprintf(out, "name=%s\ncwd=%s\numask=%#o\n", argv[0], getcwd(directory, sizeof directory), mask);
    fprintf(out, "pid=%d\nppid=%d\nsid=%d\npgid=%d\n", getpid(), getppid(), getsid(0), getpgrp());
    fprintf(out, "terminal=%d\nforeground=%d\n", terminal >= 0, terminal >= 0 ? tcgetpgrp(terminal) : -1);
    fprintf(out, "nice=%d\n", getpriority(PRIO_PROCESS, 0));
    show_limit(out, "core", RLIMIT_CORE);
    show_limit(out, "nofile", RLIMIT_NOFILE);
    show_ids(out);
    show_status(out);
    for (char **variable = environ; *variable != NULL; variable++)
        fprintf(out, "env.%s\n", *variable);
    return fclose(out) == 0 ? 0 : 4;
}
