// dladdr is an extension that Swift's view of the C library does not show.
#define _GNU_SOURCE
#include "CLibclang.h"
#include <dlfcn.h>
#include <stddef.h>

const char *spawnlint_libclang_path(void) {
  Dl_info info;
  void *symbol = dlsym(RTLD_DEFAULT, "clang_getClangVersion");
  return symbol && dladdr(symbol, &info) ? info.dli_fname : NULL;
}
