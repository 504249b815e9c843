// A pool of children: the pid is kept in an array element.
#include <stdio.h>
#include <unistd.h>

#define POOL 4

static pid_t pool[POOL];

int start_pool(char *const argv[]) {
  for (int i = 0; i < POOL; i++) {
    pool[i] = fork();  // site: violations
    if (pool[i] == -1) {
      perror("fork");
      return i;
    }
    if (pool[i] == 0) {
      printf("member %d\n", i);  // expect: child-stdio printf
      execv(argv[0], argv);
      _exit(127);
    }
  }
  puts("pool is up");
  return POOL;
}
