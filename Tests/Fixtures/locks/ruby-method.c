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

// As Ruby's headers have it: which function registers is chosen by constants, the choice's own condition among them.
VALUE rb_f_notimplement(int argc, const VALUE *argv, VALUE self, VALUE marker);
void rb_define_singleton_method_m1(VALUE owner, const char *name, VALUE (*function)(int, void *, VALUE), int arity);
void rb_define_singleton_method_01(VALUE owner, const char *name, VALUE (*function)(VALUE, VALUE), int arity);
#define CHOOSE(test, then, otherwise) \
  __builtin_choose_expr(__builtin_choose_expr(__builtin_constant_p(test), (test), 0), (then), (otherwise))
#define IS_MISSING(function) __builtin_types_compatible_p(__typeof__((function)), __typeof__(rb_f_notimplement))
#define DEFINE(owner, name, function, arity) \
  CHOOSE(IS_MISSING(function), rb_define_singleton_method_m1, \
         CHOOSE((arity) == -1, rb_define_singleton_method_m1, rb_define_singleton_method_01)) \
  (owner, name, function, arity)

static VALUE start_chosen(VALUE self, VALUE argument) {
  char **argv = (char **)argument;
  pid_t child = vfork();  // site: violations; expect: lock-across-vfork vfork
  if (child == 0) {
    execv(argv[0], argv);
    _exit(127);
  }
  return (VALUE)child;
}

// A child that goes on with Ruby says so first.
void rb_thread_atfork(void);
static void *rest(void *data) {
  pause();
  return NULL;
}

static VALUE fork_ruby(VALUE self, VALUE argument) {
  pid_t child = fork();  // site: unproven
  if (child == 0) {
    rb_thread_atfork();
    rb_thread_call_without_gvl(rest, NULL, NULL, NULL);
  }
  return (VALUE)child;
}

static VALUE fork_without_word(VALUE self, VALUE argument) {
  pid_t child = fork();  // site: violations
  return (VALUE)child;  // expect: child-leaves -
}

static VALUE start_with_ruby(VALUE self, VALUE argument) {
  char **argv = (char **)argument;
  pid_t child = fork();  // site: violations
  if (child == 0) {
    rb_thread_atfork();  // expect: child-locks rb_thread_atfork
    execv(argv[0], argv);
    _exit(127);
  }
  return (VALUE)child;
}

void Init_chosen(VALUE owner) {
  DEFINE(owner, "start_chosen", start_chosen, 1);
  DEFINE(owner, "fork_ruby", fork_ruby, 1);
  DEFINE(owner, "fork_without_word", fork_without_word, 1);
  DEFINE(owner, "start_with_ruby", start_with_ruby, 1);
}
