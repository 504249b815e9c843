#define _GNU_SOURCE
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

/* The address is handed over as a union in which the system's header hides the pointer. */
int run(int fd, char *const argv[], char *const envp[])
{
	struct sockaddr_in peer = {0};
	socklen_t length = sizeof peer;
	pid_t pid;

	if (getpeername(fd, (struct sockaddr *)&peer, &length) != 0 || peer.sin_family != AF_INET)
		return -1;
	pid = fork(); // site: verified
	if (pid == 0) {
		execve(argv[0], argv, envp);
		_exit(127);
	}
	return pid > 0 ? 0 : -1;
}
