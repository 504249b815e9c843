// dladdr is an extension that Swift's view of the C library does not show.
#define _GNU_SOURCE
#include "CLibclang.h"
#include <dlfcn.h>
#include <stddef.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

const char *spawnlint_libclang_path(void) {
  Dl_info info;
  void *symbol = dlsym(RTLD_DEFAULT, "clang_getClangVersion");
  return symbol && dladdr(symbol, &info) ? info.dli_fname : NULL;
}

void spawnlint_use_one_heap(void) {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, 16 << 20);
#endif
}
