// What one child leaves in a local, the next child finds there: the memory is the parent's.
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int run_all(char **const commands[], char *const env[])
{
    int tries = 0;
    for (int i = 0; commands[i]; i++) {
        pid_t pid = vfork(); // site: violations; expect: vfork-signals vfork
        if (pid == 0) {
            if (tries > 3)
                _exit(126);
            tries += 1; // expect: vfork-writes-parent -
            execve(commands[i][0], commands[i], env);
            _exit(127);
        }
        if (pid < 0)
            return -1;
        waitpid(pid, NULL, 0);
    }
    return 0;
}
