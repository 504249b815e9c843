import Clang
import SpawnIR

/// Names of functions and file-scope variables, and what all their declarations together say.
struct SymbolTable {
  private var symbols: [Cursor: Symbol] = [:]
  private var noReturn: [Cursor: Bool] = [:]
  private var seen: Set<Cursor> = []
  /// Canonical declaration → those of its redeclarations that carry attributes or an initialiser.
  private var redeclarations: [Cursor: [Cursor]] = [:]
  private var functionsByName: [String: Cursor]?
  private var topLevel: [Cursor] = []

  mutating func index(_ topLevel: [Cursor]) {
    self.topLevel = topLevel
    for cursor in topLevel {
      switch cursor.kind {
      case .function where cursor.hasAttributes: redeclarations[cursor.canonical, default: []].append(cursor)
      case .variable: redeclarations[cursor.canonical, default: []].append(cursor)
      default: break
      }
    }
  }

  /// True the first time.
  mutating func isNew(_ canonical: Cursor) -> Bool { seen.insert(canonical).inserted }

  mutating func symbol(of cursor: Cursor) -> Symbol {
    if let known = symbols[cursor] { return known }
    let result = Symbol(cursor.spelling, isStatic: cursor.hasInternalLinkage)
    symbols[cursor] = result
    return result
  }

  /// A function by its C name, for attributes that name one.
  mutating func function(named name: String) -> Cursor? {
    if functionsByName == nil {
      var names: [String: Cursor] = [:]
      for cursor in topLevel where cursor.kind == .function { names[cursor.spelling] = cursor }
      functionsByName = names
    }
    return functionsByName?[name]
  }

  /// An attribute in any declaration's type or specifiers.
  mutating func neverReturns(_ cursor: Cursor) -> Bool {
    let canonical = cursor.canonical
    if let known = noReturn[canonical] { return known }
    var all = redeclarations[canonical] ?? []
    all += [cursor, canonical]
    let result = all.contains { declaration in
      Self.typeSaysNoReturn(declaration.type)
        || (declaration.hasAttributes && PrettyPrint(declaration.prettyPrinted(terse: true)).saysNoReturn)
    }
    noReturn[canonical] = result
    return result
  }

  /// Of a function's type, or of a pointer to one.
  static func typeSaysNoReturn(_ type: Type) -> Bool {
    var type = type.canonical
    if type.kind == .pointer { type = type.pointee.canonical }
    guard type.kind.isFunction else { return false }
    return PrettyPrint(type.spelling).saysNoReturn
  }

  func isWeak(_ cursor: Cursor) -> Bool {
    let all = (redeclarations[cursor.canonical] ?? []) + [cursor]
    return all.contains {
      $0.hasAttributes && PrettyPrint($0.prettyPrinted(terse: true)).contains(word: "weak")
    }
  }

  // MARK: Variables

  /// `int n;` at file scope defines it, `extern int n;` does not.
  func isGlobalDefinition(_ cursor: Cursor) -> Bool {
    !cursor.isExtern || cursor.initializer != nil
  }

  /// The declaration that says most: with an initialiser, else a definition, else the one at hand.
  func definingDeclaration(ofVariable cursor: Cursor) -> Cursor {
    let all = redeclarations[cursor.canonical] ?? []
    return all.first { $0.initializer != nil } ?? all.first(where: isGlobalDefinition) ?? cursor
  }

  // MARK: Aliases

  /// The target of `alias("g")` and `ifunc("g")`, outside of system headers.
  static func aliasTarget(_ cursor: Cursor) -> String? {
    guard !cursor.location.isInSystemHeader, !cursor.isDefinition || cursor.location.isInMainFile else {
      return nil
    }
    // Such an attribute has no cursor kind of its own.
    var mayBeAlias = false
    cursor.visit { child, _ in
      if child.kind == .unexposedAttribute { mayBeAlias = true }
      return mayBeAlias ? .stop : .over
    }
    guard mayBeAlias else { return nil }
    let print = PrettyPrint(cursor.prettyPrinted(terse: true))
    return print.attribute("alias") ?? print.attribute("ifunc")
  }
}
