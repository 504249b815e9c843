// The child changes memory that a call of its own found, in code that runs without a child too.
#include <pwd.h>
#include <sys/types.h>
#include <unistd.h>

struct account { unsigned group; };
struct account *look_up(unsigned user);

int run(char *const argv[], char *const env[], int background, unsigned user)
{
    if (background) {
        pid_t pid = vfork(); // site: unproven; expect: vfork-signals vfork
        if (pid != 0)
            _exit(pid < 0);
    }
    struct account *account = look_up(user); // expect: unknown-call look_up
    account->group = 7;
    execve(argv[0], argv, env);
    _exit(127);
}
