import Clang
import SpawnIR

extension FunctionLowering {
  /// Branches on a condition. Comparisons and `!` arrive in the branch itself; `&&`, `||`, `?:` and `,`
  /// become control flow without temporaries.
  func condition(_ cursor: Cursor, then: Int, otherwise: Int) {
    nested(cursor, otherwise: ()) { conditionHere(cursor, then: then, otherwise: otherwise) }
  }

  private func conditionHere(_ cursor: Cursor, then: Int, otherwise: Int) {
    let cursor = throughTransparent(cursor)
    switch cursor.kind {
    case .binaryOperator:
      if logical(cursor, then: then, otherwise: otherwise) { return }
    case .unaryOperator where cursor.unaryOperator == .logicalNot:
      if let operand = cursor.children.last, isControlFlow(throughTransparent(operand)) {
        return condition(operand, then: otherwise, otherwise: then)
      }
    case .conditionalOperator:
      let children = cursor.children
      guard children.count == 3 else { break }
      let first = graph.newBlock()
      let second = graph.newBlock()
      condition(children[0], then: first, otherwise: second)
      graph.start(first)
      condition(children[1], then: then, otherwise: otherwise)
      graph.start(second)
      return condition(children[2], then: then, otherwise: otherwise)
    default: break
    }
    branch(value(cursor), cursor, then: then, otherwise: otherwise)
  }

  private func logical(_ cursor: Cursor, then: Int, otherwise: Int) -> Bool {
    let op = cursor.binaryOperator
    guard op == .logicalAnd || op == .logicalOr || op == .comma else { return false }
    let children = cursor.children
    guard children.count == 2 else { return false }
    if op == .comma {
      effect(children[0])
    } else {
      let next = graph.newBlock()
      if op == .logicalAnd {
        condition(children[0], then: next, otherwise: otherwise)
      } else {
        condition(children[0], then: then, otherwise: next)
      }
      graph.start(next)
    }
    condition(children[1], then: then, otherwise: otherwise)
    return true
  }

  func branch(_ test: Value, _ cursor: Cursor, then: Int, otherwise: Int) {
    guard !graph.isDead else { return }
    switch test {
    case .integer(let number): graph.terminate(.jump(number != 0 ? then : otherwise), span: span(cursor))
    case .string, .function: graph.terminate(.jump(then), span: span(cursor))
    default: graph.terminate(.branch(test, then: then, otherwise: otherwise), span: span(cursor))
    }
  }

  private func isControlFlow(_ cursor: Cursor) -> Bool {
    switch cursor.kind {
    case .binaryOperator:
      let op = cursor.binaryOperator
      return op == .logicalAnd || op == .logicalOr || op == .comma
    case .conditionalOperator: return true
    case .unaryOperator:
      guard cursor.unaryOperator == .logicalNot, let operand = cursor.children.last else { return false }
      return isControlFlow(throughTransparent(operand))
    default: return false
    }
  }

  /// Through what does not change whether a value is zero: parentheses, `__builtin_expect`, conversions
  /// to integers that are not narrower.
  private func throughTransparent(_ cursor: Cursor) -> Cursor {
    var cursor = cursor
    while true {
      switch cursor.kind {
      case .parenthesized:
        guard let inner = cursor.children.last else { return cursor }
        cursor = inner
      case .unexposedExpression, .cast:
        guard let inner = cursor.children.last, keepsTruth(cursor, inner) else { return cursor }
        cursor = inner
      case .unaryOperator where cursor.unaryOperator == .extension:
        guard let inner = cursor.children.last else { return cursor }
        cursor = inner
      case .call:
        guard Builtins.isExpectation(cursor.spelling) else { return cursor }
        let children = cursor.children
        guard children.count > 1 else { return cursor }
        cursor = children[1]
      default: return cursor
      }
    }
  }

  private func keepsTruth(_ outer: Cursor, _ inner: Cursor) -> Bool {
    if outer.kind == .unexposedExpression, outer.location != inner.location { return false }
    switch (shape(of: inner).kind, shape(of: outer).kind) {
    case (.signed(let from), .signed(let to)), (.unsigned(let from), .unsigned(let to)),
      (.signed(let from), .unsigned(let to)), (.unsigned(let from), .signed(let to)):
      return to >= from
    case (.bool, .signed), (.bool, .unsigned), (.bool, .bool): return true
    default:
      // `_Bool` of a logical expression.
      return shape(of: outer).kind == .bool && isControlFlow(inner)
    }
  }

  // MARK: As values

  /// `a && b` as a value: 1 or 0 in a temporary.
  func logicalValue(_ cursor: Cursor) -> Value {
    guard !graph.isDead else { return .opaque(.int) }
    let place = span(cursor)
    let result = temporary(shape(of: cursor), place)
    let (yes, no, end) = (graph.newBlock(), graph.newBlock(), graph.newBlock())
    condition(cursor, then: yes, otherwise: no)
    graph.start(yes)
    emit(.assign(.variable(result), .integer(1)), place)
    graph.terminate(.jump(end), span: place)
    graph.start(no)
    emit(.assign(.variable(result), .integer(0)), place)
    graph.terminate(.jump(end), span: place)
    graph.start(end)
    return .load(.variable(result))
  }

  /// `a ? b : c`; with a constant `a` only the chosen arm.
  func conditionalValue(_ cursor: Cursor, isUsed: Bool) -> Value {
    let children = cursor.children
    guard children.count == 3 else { return unmodelled(cursor) }
    if let number = constant(children[0]) {
      let chosen = number != 0 ? children[1] : children[2]
      return isUsed
        ? converted(value(chosen), from: chosen, to: cursor)
        : {
          effect(chosen); return .opaque(.void)
        }()
    }
    let (yes, no, end) = (graph.newBlock(), graph.newBlock(), graph.newBlock())
    let type = shape(of: cursor)
    let place = span(cursor)
    let result = isUsed && type.kind != .void ? temporary(type, place) : nil
    condition(children[0], then: yes, otherwise: no)
    for (block, arm) in [(yes, children[1]), (no, children[2])] {
      graph.start(block)
      if let result {
        assign(.variable(result), value(arm), arm)
      } else {
        effect(arm)
      }
      graph.terminate(.jump(end), span: place)
    }
    graph.start(end)
    return result.map { .load(.variable($0)) } ?? .opaque(.void)
  }

  /// `a ?: b`: libclang shows `a` three times; it is evaluated once.
  func elvisValue(_ cursor: Cursor, _ children: [Cursor], isUsed: Bool) -> Value {
    let (no, end) = (graph.newBlock(), graph.newBlock())
    let type = shape(of: cursor)
    let place = span(cursor)
    let first = held(value(children[0]), children[0])
    guard isUsed, type.kind != .void else {
      branch(first, children[0], then: end, otherwise: no)
      graph.start(no)
      effect(children[3])
      graph.terminate(.jump(end), span: place)
      graph.start(end)
      return .opaque(.void)
    }
    let result = temporary(type, place)
    let yes = graph.newBlock()
    branch(first, children[0], then: yes, otherwise: no)
    graph.start(yes)
    assign(.variable(result), converted(first, from: children[0], to: cursor), children[0])
    graph.terminate(.jump(end), span: place)
    graph.start(no)
    assign(.variable(result), value(children[3]), children[3])
    graph.terminate(.jump(end), span: place)
    graph.start(end)
    return .load(.variable(result))
  }
}
