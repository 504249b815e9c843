// A structure of operations chosen before the fork; only one of the two variants exists in the program.
#include <fcntl.h>
#include <unistd.h>

struct output {
  int (*open)(const char *name);
  void (*fail)(int fd);
};

static int open_file(const char *name) {
  return open(name, O_WRONLY | O_CREAT, 0600);
}

static void fail_file(int fd) {
  ssize_t ignored = write(fd, "failed\n", 7);
  (void)ignored;
}

static const struct output file_output = {.open = open_file, .fail = fail_file};

static int run(const struct output *output, const char *name, char *const argv[]) {
  pid_t child = fork();  // site: verified
  if (child)
    return child;
  int fd = output->open(name);
  if (fd < 0 || dup2(fd, 1) < 0)
    _exit(126);
  execv(argv[0], argv);
  output->fail(fd);
  _exit(127);
}

int start(const char *name, char *const argv[]) {
  return run(&file_output, name, argv);
}
