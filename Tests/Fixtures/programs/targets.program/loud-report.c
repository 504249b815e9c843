#include "report.h"

#include <stdio.h>

void report(const char *text) { fprintf(stderr, "%s", text); }

void when_started(void) { fprintf(stderr, "started\n"); }  // expect: child-stdio fprintf
