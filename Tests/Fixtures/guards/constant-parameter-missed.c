// The same writer, but the child uses the variant for holders of the lock: one finding, at its call.
#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t world = PTHREAD_MUTEX_INITIALIZER;

static ssize_t write_impl(int fd, const void *text, size_t size, int world_held) {
  ssize_t done;
  if (world_held)
    pthread_mutex_lock(&world);
  do
    done = write(fd, text, size);
  while (done < 0 && errno == EINTR);
  if (world_held)
    pthread_mutex_unlock(&world);
  return done;
}

ssize_t write_held(int fd, const void *text, size_t size) {
  return write_impl(fd, text, size, 1);
}

int start(int status, char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    execv(argv[0], argv);
    write_held(status, "failed", 6);  // expect: child-locks write_held
    _exit(127);
  }
  return child < 0 ? (int)write_held(status, "no fork", 7) : 0;
}
