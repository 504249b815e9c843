#ifndef SPAWNLINT_CLIBCLANG_H
#define SPAWNLINT_CLIBCLANG_H
#include <clang-c/CXCompilationDatabase.h>
#include <clang-c/Index.h>
#endif
