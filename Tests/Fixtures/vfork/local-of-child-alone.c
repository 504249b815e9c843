// Locals that are declared outside the child's block, but that the parent does not look at again.
#include <sys/types.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

int open_shell(const char *shell, char *const env[])
{
    struct termios line;
    const char *words[2];
    pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork
    if (pid < 0)
        return -1;
    if (pid > 0)
        return (int)pid;
    setsid();
    tcgetattr(0, &line);
    line.c_lflag |= ECHO;
    tcsetattr(0, TCSANOW, &line);
    words[0] = shell;
    words[1] = NULL;
    execve(shell, (char **)words, env);
    _exit(127);
}

int run_rest(char **argv, char *const env[])
{
    int status = 0;
    pid_t pid = vfork(); // site: verified; expect: vfork-signals vfork
    if (pid == 0) {
        argv += 2;
        execve(argv[0], argv, env);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    return status;
}
