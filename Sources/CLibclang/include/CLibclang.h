#ifndef SPAWNLINT_CLIBCLANG_H
#define SPAWNLINT_CLIBCLANG_H
#include <clang-c/CXCompilationDatabase.h>
#include <clang-c/Index.h>

// libclang 17 and later export the operator kinds; the headers of 14 to 16 do not declare them and
// CINDEX_VERSION_MINOR does not tell the releases apart. Names of our own bound to the exported
// symbols work with every version of the headers. The numbers are those of the enumerations
// CXBinaryOperatorKind and CXUnaryOperatorKind, which are part of libclang's stable ABI.
#define SPAWNLINT_STRING2(x) #x
#define SPAWNLINT_STRING(x) SPAWNLINT_STRING2(x)
#define SPAWNLINT_SYMBOL(name) __asm__(SPAWNLINT_STRING(__USER_LABEL_PREFIX__) name)

unsigned spawnlint_binary_operator_kind(CXCursor cursor)
    SPAWNLINT_SYMBOL("clang_getCursorBinaryOperatorKind");
unsigned spawnlint_unary_operator_kind(CXCursor cursor)
    SPAWNLINT_SYMBOL("clang_getCursorUnaryOperatorKind");

/// The file the dynamic linker loaded libclang from; NULL when it does not tell.
const char *spawnlint_libclang_path(void);

/// glibc gives each thread a heap of its own that grows page by page, with a system call each time: where one
/// thread works, it had better use the first one, in large steps. No effect with other libraries.
void spawnlint_use_one_heap(void);

#endif
