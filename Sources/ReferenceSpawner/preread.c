/* execve reads the head of the file, and of the interpreter that it names: the program behind #!, the loader of a dynamic
 * program. On a slow file system that is where the time goes; what is read later, the parent need not wait for. */
#define _GNU_SOURCE
#include "preread.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    HEAD = 4096,
    /* The kernel follows as many #! (fs/exec.c), and one loader. */
    MOST_INTERPRETERS = 6
};

struct head {
    /* Zero bytes behind `size`. */
    _Alignas(Elf64_Ehdr) char bytes[HEAD + 1];
    size_t size;
};

static ssize_t read_at(int file, char *room, size_t size, off_t offset)
{
    ssize_t length;
    do
        length = pread(file, room, size, offset);
    while (length < 0 && errno == EINTR);
    return length;
}

/* Where `path` lies seen from the program's directory: AT_FDCWD, a descriptor, or -1. */
static int open_directory(const struct spawner_request *request)
{
    if ((request->flags & SPAWNER_DIRECTORY_FD) != 0)
        return fcntl(request->directory_fd, F_DUPFD_CLOEXEC, 0);
    if (request->directory != NULL)
        return open(request->directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return AT_FDCWD;
}

/* Returns 1 if there was something to read. Only regular files: others may wait, or do things when opened. */
static int read_head(int directory, const char *path, struct head *head)
{
    struct stat status;
    if (fstatat(directory, path, &status, 0) != 0 || !S_ISREG(status.st_mode))
        return 0;
    int file = openat(directory, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return 0;
    memset(head, 0, sizeof *head);
    ssize_t length = read_at(file, head->bytes, HEAD, 0);
    close(file);
    if (length <= 0)
        return 0;
    head->size = (size_t)length;
    return 1;
}

/* The word behind #!, copied to `room`. */
static int script_interpreter(const struct head *head, char room[PATH_MAX])
{
    if (head->bytes[0] != '#' || head->bytes[1] != '!')
        return 0;
    const char *start = head->bytes + 2 + strspn(head->bytes + 2, " \t");
    size_t length = strcspn(start, " \t\n");
    if (length == 0 || length >= PATH_MAX)
        return 0;
    memcpy(room, start, length);
    room[length] = '\0';
    return 1;
}

/* The loader's path at `offset`, if it lies in the head whole. */
static int text_at(const struct head *head, size_t offset, size_t size, char room[PATH_MAX])
{
    if (size == 0 || size > PATH_MAX || offset > head->size || size > head->size - offset)
        return 0;
    memcpy(room, head->bytes + offset, size);
    room[size - 1] = '\0';
    return room[0] != '\0';
}

/* The loader of a dynamic program of this machine's word size; others are rare, and execve reads for itself. */
static int program_loader(const struct head *head, char room[PATH_MAX])
{
#if __SIZEOF_POINTER__ == 8
    enum { WORD_SIZE = ELFCLASS64 };
    Elf64_Ehdr header;
    Elf64_Phdr part;
#else
    enum { WORD_SIZE = ELFCLASS32 };
    Elf32_Ehdr header;
    Elf32_Phdr part;
#endif
    if (memcmp(head->bytes, ELFMAG, SELFMAG) != 0 || head->bytes[EI_CLASS] != WORD_SIZE)
        return 0;
    memcpy(&header, head->bytes, sizeof header);
    for (size_t i = 0; i < header.e_phnum; i++) {
        size_t offset = header.e_phoff + i * sizeof part;
        if (header.e_phoff > HEAD || offset + sizeof part > head->size)
            return 0;
        memcpy(&part, head->bytes + offset, sizeof part);
        if (part.p_type == PT_INTERP)
            return text_at(head, part.p_offset, part.p_filesz, room);
    }
    return 0;
}

void preread(const struct plan *plan)
{
    struct head head;
    char interpreter[PATH_MAX];
    int directory = open_directory(plan->request);
    if (directory == -1)
        return;
    const char *const *candidate = (const char *const *)plan->candidates;
    while (*candidate != NULL && !read_head(directory, *candidate, &head))
        candidate++;
    for (int i = 0; *candidate != NULL && i < MOST_INTERPRETERS; i++) {
        if (!script_interpreter(&head, interpreter) && !program_loader(&head, interpreter))
            break;
        if (!read_head(directory, interpreter, &head))
            break;
    }
    if (directory != AT_FDCWD)
        close(directory);
}
