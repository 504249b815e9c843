// The routine that ends the program is replaceable; the child of the other file installs its own.
#include <stdio.h>
#include <stdlib.h>

static void end_loudly(const char *what) {
  perror(what);
  exit(1);
}

static void (*routine)(const char *) = end_loudly;

void set_routine(void (*new_routine)(const char *)) {
  routine = new_routine;
}

void die(const char *what) {
  routine(what);
}
