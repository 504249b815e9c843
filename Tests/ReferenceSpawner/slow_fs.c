/* A file system of one file, `program`, that takes its time when the file is opened: what a network or a sleeping disk
 * does to exec. slow_fs BACKING-FILE MILLISECONDS MOUNT-POINT, in the foreground. */
#define _GNU_SOURCE
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int backing;
static long milliseconds;

static int slow_getattr(const char *path, struct stat *status, struct fuse_file_info *info)
{
    (void)info;
    if (strcmp(path, "/") == 0) {
        *status = (struct stat){.st_mode = S_IFDIR | 0755, .st_nlink = 2};
        return 0;
    }
    if (strcmp(path, "/program") != 0)
        return -ENOENT;
    struct stat file;
    fstat(backing, &file);
    *status = (struct stat){.st_mode = S_IFREG | 0755, .st_nlink = 1, .st_size = file.st_size};
    return 0;
}

static int slow_open(const char *path, struct fuse_file_info *info)
{
    (void)info;
    if (strcmp(path, "/program") != 0)
        return -ENOENT;
    struct timespec delay = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&delay, NULL);
    return 0;
}

static int slow_read(const char *path, char *room, size_t size, off_t offset, struct fuse_file_info *info)
{
    (void)path;
    (void)info;
    ssize_t length = pread(backing, room, size, offset);
    return length < 0 ? -errno : (int)length;
}

int main(int argc, char **argv)
{
    const struct fuse_operations operations = {.getattr = slow_getattr, .open = slow_open, .read = slow_read};
    if (argc != 4)
        return 2;
    backing = open(argv[1], O_RDONLY | O_CLOEXEC);
    milliseconds = atol(argv[2]);
    char *arguments[] = {argv[0], (char *)"-f", argv[3], NULL};
    return backing < 0 ? 1 : fuse_main(3, arguments, &operations, NULL);
}
