#include <unistd.h>

void shut(int fd);
pid_t start(int fd);

int main(void)
{
	pid_t pid = start(4);

	shut(5);
	return pid < 0;
}
