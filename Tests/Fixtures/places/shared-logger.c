// The logger serves everybody: one finding at each call from a child, none inside.
#include <stdarg.h>
#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

static void log_line(int level, const char *format, ...) {
  char line[200];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  syslog(level, "%s", line);
}

int start(int in, char *const argv[]) {
  log_line(LOG_INFO, "starting %s", argv[0]);
  pid_t child = fork();  // site: violations
  if (child < 0)
    log_line(LOG_ERR, "fork failed");
  if (child == 0) {
    if (dup2(in, 0) < 0)
      log_line(LOG_ERR, "dup2 %d failed", in);  // expect: child-unsafe-call log_line
    execv(argv[0], argv);
    log_line(LOG_ERR, "exec failed");  // expect: child-unsafe-call log_line
    _exit(127);
  }
  return child;
}
