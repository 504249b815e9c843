// One writer for everybody: what is not allowed in a child is guarded by a parameter that is 0 there,
// three calls down.
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t world = PTHREAD_MUTEX_INITIALIZER;

static ssize_t write_impl(int fd, const void *text, size_t size, int world_held) {
  ssize_t done;
  do {
    if (world_held)
      pthread_mutex_unlock(&world);
    done = write(fd, text, size);
    if (world_held)
      pthread_mutex_lock(&world);
  } while (done < 0 && errno == EINTR);
  if (done < 0 && world_held)
    perror("write");
  return done;
}

ssize_t write_held(int fd, const void *text, size_t size) {
  return write_impl(fd, text, size, 1);
}

static ssize_t write_plain(int fd, const void *text, size_t size) {
  return write_impl(fd, text, size, 0);
}

static void report(int fd, const char *text, size_t size) {
  write_plain(fd, text, size);
}

pid_t start(int status, char *const argv[]) {
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    report(status, "failed", 6);
    _exit(127);
  }
  return child;
}
