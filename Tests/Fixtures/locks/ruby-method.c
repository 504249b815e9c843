// Methods written in C run with the lock of Ruby's virtual machine.
#include <stddef.h>
#include <unistd.h>

typedef unsigned long VALUE;
void rb_define_method(VALUE owner, const char *name, VALUE (*function)(), int arity);
static void rb_define_method_01(VALUE owner, const char *name, VALUE (*function)(VALUE, VALUE), int arity)
    __attribute__((weakref("rb_define_method")));
void *rb_thread_call_without_gvl(void *(*function)(void *), void *data, void (*unblock)(void *), void *more);

static VALUE start(VALUE self, VALUE argument) {
  char **argv = (char **)argument;
  pid_t child = vfork();  // site: violations; expect: lock-across-vfork vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return (VALUE)child;
}

static void *run(void *data) {
  char **argv = data;
  pid_t child = vfork();  // site: verified; expect: vfork-signals vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return NULL;
}

static VALUE start_without_lock(VALUE self, VALUE argument) {
  rb_thread_call_without_gvl(run, (void *)argument, NULL, NULL);
  return self;
}

static VALUE start_by_fork(VALUE self, VALUE argument) {
  char **argv = (char **)argument;
  pid_t child = fork();  // site: verified
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return (VALUE)child;
}

static VALUE start_inside(VALUE self, VALUE argument) {
  char **argv = (char **)argument;
  pid_t child = fork();  // site: violations
  if (child == 0) {
    rb_thread_call_without_gvl(run, NULL, NULL, NULL);  // expect: child-locks rb_thread_call_without_gvl
    execv(argv[0], argv);
    _exit(127);
  }
  return (VALUE)child;
}

void Init_starter(VALUE owner) {
  rb_define_method_01(owner, "start", start, 1);
  rb_define_method(owner, "start_without_lock", start_without_lock, 1);
  rb_define_method(owner, "start_by_fork", start_by_fork, 1);
  rb_define_method(owner, "start_inside", start_inside, 1);
}
