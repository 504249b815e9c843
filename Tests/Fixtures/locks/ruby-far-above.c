// A runtime's lock is held by whoever called in, however many calls and callbacks lie between that and the spawn call.
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

typedef unsigned long VALUE;
void rb_define_method(VALUE owner, const char *name, VALUE (*function)(), int arity);
VALUE rb_ensure(VALUE (*body)(VALUE), VALUE data, VALUE (*after)(VALUE), VALUE more);
VALUE rb_protect(VALUE (*body)(VALUE), VALUE data, int *state);
void *rb_thread_call_without_gvl(void *(*function)(void *), void *data, void (*unblock)(void *), void *more);
void *rb_thread_call_with_gvl(void *(*function)(void *), void *data);

struct start {
  char **argv;
  int tries;
};

// Six calls below the method.
static pid_t retry_far(char **argv) {
  for (;;) {
    pid_t child = vfork();  // site: violations; expect: lock-across-vfork vfork
    if (child == 0) {
      execv(argv[0], argv);
      _exit(127);
    }
    if (child >= 0 || errno != EAGAIN) return child;
  }
}
static pid_t far_1(char **argv) { return retry_far(argv); }
static pid_t far_2(char **argv) { return far_1(argv); }
static pid_t far_3(char **argv) { return far_2(argv); }
static pid_t far_4(char **argv) { return far_3(argv); }
static pid_t far_5(char **argv) { return far_4(argv); }
static VALUE start_far(VALUE self, VALUE argument) { return (VALUE)far_5((char **)argument); }

// In a function that another one runs.
static VALUE run_guarded(VALUE data) {
  struct start *start = (struct start *)data;
  pid_t child = vfork();  // site: violations; expect: lock-across-vfork vfork
  if (child == 0) {
    execv(start->argv[0], start->argv);
    _exit(127);
  }
  return (VALUE)child;
}
static VALUE done(VALUE data) { return data; }
static VALUE start_guarded(VALUE self, VALUE argument) {
  struct start start = {(char **)argument, 1};
  return rb_ensure(run_guarded, (VALUE)&start, done, argument);
}

// Both: two functions that run others, and calls between.
static pid_t retry_deep(struct start *start) {
  while (start->tries-- > 0) {
    pid_t child = vfork();  // site: violations; expect: lock-across-vfork vfork
    if (child == 0) {
      execv(start->argv[0], start->argv);
      _exit(127);
    }
    if (child > 0) return child;
  }
  return -1;
}
static pid_t deep_1(struct start *start) { return retry_deep(start); }
static pid_t deep_2(struct start *start) { return deep_1(start); }
static VALUE run_deep(VALUE data) { return (VALUE)deep_2((struct start *)data); }
static VALUE protect_deep(VALUE data) {
  int state = 0;
  return rb_protect(run_deep, data, &state);
}
static pid_t deep_3(char **argv) {
  struct start start = {argv, 3};
  return (pid_t)rb_ensure(protect_deep, (VALUE)&start, done, 0);
}
static VALUE start_deep(VALUE self, VALUE argument) { return (VALUE)deep_3((char **)argument); }

// Far above the lock was released.
static pid_t retry_free(char **argv) {
  for (;;) {
    pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
    if (child == 0) {
      execv(argv[0], argv);
      _exit(127);
    }
    if (child >= 0 || errno != EAGAIN) return child;
  }
}
static pid_t free_1(char **argv) { return retry_free(argv); }
static pid_t free_2(char **argv) { return free_1(argv); }
static pid_t free_3(char **argv) { return free_2(argv); }
static pid_t free_4(char **argv) { return free_3(argv); }
static void *run_free(void *data) {
  free_4(data);
  return NULL;
}
static VALUE start_free(VALUE self, VALUE argument) {
  rb_thread_call_without_gvl(run_free, (void *)argument, NULL, NULL);
  return self;
}

// Released, and taken again below that.
static pid_t retry_again(char **argv) {
  for (;;) {
    pid_t child = vfork();  // site: violations; expect: lock-across-vfork vfork
    if (child == 0) {
      execv(argv[0], argv);
      _exit(127);
    }
    if (child >= 0 || errno != EAGAIN) return child;
  }
}
static pid_t again_1(char **argv) { return retry_again(argv); }
static pid_t again_2(char **argv) { return again_1(argv); }
static pid_t again_3(char **argv) { return again_2(argv); }
static pid_t again_4(char **argv) { return again_3(argv); }
static pid_t again_5(char **argv) { return again_4(argv); }
static void *run_again(void *data) {
  again_5(data);
  return NULL;
}
static void *run_without(void *data) { return rb_thread_call_with_gvl(run_again, data); }
static VALUE start_again(VALUE self, VALUE argument) {
  rb_thread_call_without_gvl(run_without, (void *)argument, NULL, NULL);
  return self;
}

// A function too large to be followed takes another lock on some way and keeps it: that says nothing of the runtime's.
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static int table[1000];
#define EACH(n) \
  if (table[n] < n) table[n]++;
#define TEN(n) \
  EACH(n) EACH(n + 1) EACH(n + 2) EACH(n + 3) EACH(n + 4) EACH(n + 5) EACH(n + 6) EACH(n + 7) EACH(n + 8) EACH(n + 9)
static void prepare(int keep) {
  pthread_mutex_lock(&other);
  TEN(0) TEN(10) TEN(20) TEN(30) TEN(40) TEN(50) TEN(60) TEN(70) TEN(80) TEN(90) TEN(100) TEN(110) TEN(120) TEN(130)
  if (!keep) pthread_mutex_unlock(&other);
}

static VALUE start_prepared(VALUE self, VALUE argument) {
  char **argv = (char **)argument;
  prepare(argv[1] != NULL);
  pid_t child = vfork();  // site: violations; expect: lock-across-vfork vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return (VALUE)child;
}

void Init_starter(VALUE owner) {
  rb_define_method(owner, "start_far", start_far, 1);
  rb_define_method(owner, "start_guarded", start_guarded, 1);
  rb_define_method(owner, "start_deep", start_deep, 1);
  rb_define_method(owner, "start_free", start_free, 1);
  rb_define_method(owner, "start_again", start_again, 1);
  rb_define_method(owner, "start_prepared", start_prepared, 1);
}
