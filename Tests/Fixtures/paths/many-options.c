// run: --threads yes
#define _DEFAULT_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Independent options, more than states can be kept apart: every combination stays possible. */
static pid_t start_waiting(int *fd)
{
	pid_t pid = fork(); // site: violations
	char go;

	if (pid == 0) {
		if (read(*fd, &go, 1) != 1)
			perror("read"); // expect: child-stdio perror
	}
	return pid;
}

static pid_t help_from_child(int *fd, const char *map)
{
	pid_t pid = start_waiting(fd);

	if (pid != 0)
		return pid;
	execl("/usr/bin/newuidmap", "newuidmap", map, (char *)NULL);
	_exit(1);
}

int main(int argc, char **argv)
{
	int c, fd = 0, detach = 0, signal_number = 0, set_user = 0, set_group = 0, clocks = 0, boot = 0;
	const char *map = NULL, *root = NULL, *directory = NULL, *mounts = NULL;
	int user = 0, group = 0;
	pid_t helper = 0;

	while ((c = getopt(argc, argv, "dkm:r:w:p:u:g:t:b:")) != -1) {
		switch (c) {
		case 'd':
			detach = 1;
			break;
		case 'k':
			detach = 1;
			if (optarg)
				signal_number = atoi(optarg);
			else
				signal_number = 9;
			break;
		case 'm':
			map = strdup(optarg);
			break;
		case 'r':
			root = optarg;
			break;
		case 'w':
			directory = optarg;
			break;
		case 'p':
			mounts = optarg ? optarg : "/proc";
			break;
		case 'u':
			user = atoi(optarg);
			set_user = 1;
			break;
		case 'g':
			group = atoi(optarg);
			set_group = 1;
			break;
		case 't':
			clocks = 1;
			break;
		case 'b':
			boot = 1;
			break;
		default:
			exit(2);
		}
	}
	if ((clocks || boot) && !detach)
		exit(2);
	if (map)
		helper = help_from_child(&fd, map);
	if (detach) {
		pid_t pid = fork(); // site: violations

		if (pid > 0)
			return helper != 0;
		if (signal_number != 0)
			kill(getppid(), 0);
		if (root && chroot(root) != 0) // expect: child-unsafe-call chroot
			_exit(1);
		if (directory && chdir(directory) != 0)
			_exit(1);
		if (set_group && setgid((gid_t)group) != 0)
			_exit(1);
		if (set_user && setuid((uid_t)user) != 0)
			_exit(1);
		if (mounts)
			puts(mounts); // expect: child-stdio puts
		execvp(argv[optind], argv + optind); // expect: child-path-search execvp
		_exit(127);
	}
	return 0;
}
