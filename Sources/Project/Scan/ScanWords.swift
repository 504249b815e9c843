/// Words that mean something to this scan.
struct ScanWords {
  let typedef, isStatic, external, structure, union, enumeration: Int32
  let notNames: Set<Int32>
  /// May stand before a macro that makes a whole declaration.
  let storage: Set<Int32>
  /// Attributes that name another function.
  let naming: Set<Int32>

  init(_ table: inout IdentifierTable) {
    typedef = table.number(of: "typedef")
    isStatic = table.number(of: "static")
    external = table.number(of: "extern")
    structure = table.number(of: "struct")
    union = table.number(of: "union")
    enumeration = table.number(of: "enum")
    storage = Set(["static", "extern", "const", "inline", "__extension__"].map { table.number(of: $0) })
    naming = Set(
      ["alias", "weakref", "ifunc", "annotate", "__alias__", "__weakref__", "__ifunc__", "constructor"].map {
        table.number(of: $0)
      })
    notNames = Set(
      [
        "void", "int", "char", "long", "short", "unsigned", "signed", "float", "double", "const",
        "volatile",
        "struct", "union", "enum", "static", "extern", "inline", "_Bool", "bool", "__const", "__restrict",
        "__attribute__", "__attribute", "__declspec", "__asm__", "asm", "__asm", "typeof", "__typeof__",
        "_Alignas",
        "_Static_assert", "static_assert", "alignas", "sizeof", "if", "while", "for", "switch", "return",
        "do",
        "else", "case", "defined", "_Generic", "__typeof",
      ].map { table.number(of: $0) })
  }
}
