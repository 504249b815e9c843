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

  // MARK: Assembly

  /// Operands that are objects may be written, by an output or through memory.
  func assembly(_ cursor: Cursor) {
    var outputs: [Place] = []
    for child in cursor.children where child.kind.isExpression && child.kind != .stringLiteral {
      if isObject(child) {
        outputs.append(place(child))
      } else {
        effect(child)
      }
    }
    guard !graph.isDead else { return }
    let place = span(cursor)
    emit(.assembly(outputs: outputs), place)
    guard unit.words(at: cursor, count: 4).contains("goto") else { return }
    // libclang does not show the labels: any label of the function.
    let next = graph.newBlock()
    let block = graph.newBlock()
    graph.terminate(.jump(block), span: place)
    graph.start(block)
    graph.terminate(.unreachable, span: place)
    assemblyGotos.append(PendingGoto(block: block, targets: [], cleanups: cleanups, span: place, next: next))
    graph.start(next)
  }

  private func isObject(_ cursor: Cursor) -> Bool {
    var cursor = cursor
    while cursor.kind == .parenthesized, let inner = cursor.children.last { cursor = inner }
    switch cursor.kind {
    case .declarationReference:
      return cursor.referenced?.kind == .variable || cursor.referenced?.kind == .parameter
    case .memberExpression, .arraySubscript: return true
    case .unaryOperator: return cursor.unaryOperator == .dereference
    default: return false
    }
  }
}
