// Wrappers that hand the pid back in a structure: by value, behind a pointer, or in memory of their own.
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

struct child {
  pid_t pid;
  int input;
};

static struct child start_child(int input) {
  struct child c = {-1, -1};
  if (input < 0) return c;
  c.pid = fork();  // site: violations
  if (c.pid == 0) {
    dup2(input, 0);
  } else {
    c.input = input;
  }
  return c;
}

int run(char **argv) {
  struct child c = start_child(3);
  if (c.pid == 0) {
    printf("hello\n");  // expect: child-stdio printf
    execv(argv[0], argv);
    _exit(127);
  }
  if (c.pid < 0) {
    perror("fork");
    return -1;
  }
  return waitpid(c.pid, NULL, 0);
}

static struct child start_literal(void) {
  return (struct child){.pid = fork(), .input = 3};  // site: violations
}

int run_literal(char **argv) {
  struct child c = start_literal();
  if (!c.pid) {
    printf("hello\n");  // expect: child-stdio printf
    execv(argv[0], argv);
    _exit(127);
  }
  printf("parent\n");
  return c.pid;
}

static void start_into(struct child *c) {
  c->input = -1;
  c->pid = fork();  // site: violations
}

int run_into(char **argv) {
  struct child c;
  start_into(&c);
  if (c.pid == 0) {
    printf("hello\n");  // expect: child-stdio printf
    execv(argv[0], argv);
    _exit(127);
  }
  printf("parent\n");
  return c.pid;
}

static int start_status(struct child **out) {
  struct child *c = malloc(sizeof *c);
  if (!c) return -1;
  c->pid = fork();  // site: violations
  if (c->pid < 0) {
    free(c);
    return -1;
  }
  *out = c;
  return 0;
}

int run_status(char **argv) {
  struct child *c;
  if (start_status(&c) < 0) return -1;
  if (c->pid == 0) {
    printf("hello\n");  // expect: child-stdio printf
    execv(argv[0], argv);
    _exit(127);
  }
  printf("parent\n");
  return 0;
}

static struct child *start_heap(void) {
  struct child *c = calloc(1, sizeof *c);
  if (!c) return NULL;
  c->pid = fork();  // site: violations
  return c;
}

int run_heap(char **argv) {
  struct child *c = start_heap();
  if (!c) return -1;
  switch (c->pid) {
  case -1:
    return -1;
  case 0:
    printf("hello\n");  // expect: child-stdio printf
    execv(argv[0], argv);
    _exit(127);
  }
  printf("parent\n");
  return 0;
}

static struct child fork_pair(void) {
  struct child c;
  c.pid = fork();  // site: violations
  c.input = 0;
  return c;
}

static struct child fork_again(void) { return fork_pair(); }

int run_direct(char **argv) {
  if (fork_again().pid == 0) {
    printf("hello\n");  // expect: child-stdio printf
    execv(argv[0], argv);
    _exit(127);
  }
  printf("parent\n");
  return 0;
}
