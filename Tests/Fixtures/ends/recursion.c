// Recursive functions of the child, one directly and two mutually; one of these frees memory.
#include <stdlib.h>
#include <unistd.h>

struct node {
  struct node *next;
  int fd;
};

static void close_all(int fd) {
  if (fd < 3)
    return;
  close(fd);
  close_all(fd - 1);
}

static void drop(struct node *node);

static void drop_rest(struct node *node) {
  if (node->next)
    drop(node->next);
}

static void drop(struct node *node) {
  drop_rest(node);
  close(node->fd);
  free(node);  // expect: child-allocates free
}

int start(struct node *list, char *const argv[]) {
  pid_t child = fork();  // site: violations
  if (child == 0) {
    close_all(64);
    drop(list);
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
