import Clang
import SpawnIR

extension FunctionLowering {
  /// One declaration inside a function.
  func declaration(_ cursor: Cursor) {
    guard cursor.kind == .variable else { return }
    if cursor.isExtern { return }
    if cursor.isStatic {
      // Initialised before the program runs: no instruction here.
      _ = staticLocal(cursor)
      return
    }
    localVariable(cursor)
  }

  private func localVariable(_ cursor: Cursor) {
    let initializer = cursor.initializer
    evaluateBounds(cursor, initializer)
    let variable = addVariable(cursor, kind: .local)
    if !graph.isDead { emit(.declare(variable), variables[variable].span) }
    if let initializer { initialize(.variable(variable), cursor.type.canonical, initializer) }
    registerCleanup(cursor, variable: variable)
  }

  /// The bounds of a variable length array are evaluated where it is declared.
  private func evaluateBounds(_ cursor: Cursor, _ initializer: Cursor?) {
    var type = cursor.type.canonical
    if type.kind == .pointer { type = type.pointee.canonical }
    while type.kind == .constantArray || type.kind == .incompleteArray { type = type.element.canonical }
    guard type.kind == .variableArray else { return }
    for child in cursor.children where child.kind.isExpression && child != initializer { effect(child) }
  }

  /// `f.n`; a second `n` in another block of `f` is `f.n.2`.
  func staticLocal(_ cursor: Cursor) -> Symbol {
    if let known = unit.localStatics[cursor] { return known }
    let name = cursor.spelling
    let count = (staticLocalNames[name] ?? 0) + 1
    staticLocalNames[name] = count
    let full = "\(symbol.name).\(name)" + (count > 1 ? ".\(count)" : "")
    let result = Symbol(full, isStatic: true)
    unit.localStatics[cursor] = result
    unit.addGlobal(cursor, symbol: result, staticContext: self)
    return result
  }
}
