// A wrapper in one file, its callers in another: the site is here, the finding there.
#include <unistd.h>

pid_t split_process(int *counter);

pid_t split_process(int *counter) {
  pid_t child = fork();  // site: violations
  if (child > 0)
    ++*counter;
  return child;
}
