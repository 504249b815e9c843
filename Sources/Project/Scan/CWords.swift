/// Words of C that stand before a parenthesis without being called.
enum CWords {
  static let all: Set<String> = [
    "if", "while", "for", "switch", "return", "sizeof", "typeof", "__typeof__", "__typeof", "_Alignof",
    "__alignof__",
    "alignof", "_Generic", "_Static_assert", "static_assert", "__attribute__", "__attribute", "__declspec",
    "defined",
    "do", "else", "case", "goto", "void", "int", "char", "long", "short", "unsigned", "signed", "float",
    "double",
    "const", "volatile", "struct", "union", "enum", "static", "extern", "inline", "asm", "__asm__", "__asm",
    "and", "or",
    "not", "offsetof", "va_arg", "va_start", "va_end", "va_copy", "assert", "_Pragma", "__extension__",
  ]

  /// Words of a declaration that name no type of the program's own.
  static let types: Set<String> = [
    "typedef", "struct", "union", "enum", "const", "volatile", "static", "extern", "inline", "register",
    "void", "int", "char", "long", "short", "unsigned", "signed", "float", "double", "bool", "_Bool",
    "__attribute__", "__extension__", "__restrict", "restrict", "size_t", "ssize_t",
  ]
}
