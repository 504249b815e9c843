// A function without a body that no catalogue knows: said, and the site is unproven.
#include <unistd.h>

int vendor_prepare_board(int slot);

int start(int slot, char *const argv[]) {
  vendor_prepare_board(slot);
  pid_t child = fork();  // site: unproven
  if (child == 0) {
    vendor_prepare_board(slot + 1);  // expect: unknown-call vendor_prepare_board
    execv(argv[0], argv);
    _exit(127);
  }
  return child;
}
