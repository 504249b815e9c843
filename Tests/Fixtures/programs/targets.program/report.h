// Two programs, quiet and loud, define these each; the database tells which object belongs to which.
void report(const char *text);
void when_started(void);
extern int verbosity;

// One text, and another function behind it in each program.
static inline void report_twice(const char *text) {
  report(text);
  report(text);
}

// In a library that both use.
int start(void);
// Compiled once for each.
int start_again(void);
