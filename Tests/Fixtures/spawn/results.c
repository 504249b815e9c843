#include <unistd.h>

/* As APR declares it: neither side's result is 0 or a process's number. */
typedef struct apr_proc_t { int pid; } apr_proc_t;
typedef struct apr_pool_t apr_pool_t;
typedef int apr_status_t;
apr_status_t apr_proc_fork(apr_proc_t *proc, apr_pool_t *pool);
#define APR_INCHILD 70001
#define APR_INPARENT 70002

extern char **environ;
int puts(const char *text);

int run(apr_pool_t *pool, char *const argv[])
{
	apr_proc_t proc;
	apr_status_t status = apr_proc_fork(&proc, pool); // site: violations

	if (status == APR_INCHILD) {
		puts("child"); // expect: child-stdio puts
		execve(argv[0], argv, environ);
		_exit(127);
	}
	if (status != APR_INPARENT) {
		puts("failed");
		return -1;
	}
	puts("parent");
	return proc.pid;
}
