import Clang
import SpawnIR

extension FunctionLowering {
  func whileLoop(_ cursor: Cursor) {
    let children = cursor.children
    guard children.count >= 2 else { return children.forEach(statement) }
    let test = graph.newBlock()
    let body = graph.newBlock()
    let end = graph.newBlock()
    let place = span(cursor)
    graph.terminate(.jump(test), span: place)
    graph.start(test)
    condition(children[0], then: body, otherwise: end)
    graph.start(body)
    loopBody(children[1], continuing: test, breaking: end)
    graph.terminate(.jump(test), span: place)
    graph.start(end)
  }

  func doLoop(_ cursor: Cursor) {
    let children = cursor.children
    guard children.count >= 2 else { return children.forEach(statement) }
    let body = graph.newBlock()
    let test = graph.newBlock()
    let end = graph.newBlock()
    let place = span(cursor)
    graph.terminate(.jump(body), span: place)
    graph.start(body)
    loopBody(children[0], continuing: test, breaking: end)
    graph.terminate(.jump(test), span: place)
    graph.start(test)
    condition(children[1], then: body, otherwise: end)
    graph.start(end)
  }

  func forLoop(_ cursor: Cursor) {
    let children = cursor.children
    guard let bodyCursor = children.last else { return }
    let parts = forParts(cursor, children)
    let outer = cleanups.count
    let place = span(cursor)
    if let start = parts.initialization { statement(start) }
    let test = graph.newBlock()
    let body = graph.newBlock()
    let step = graph.newBlock()
    let end = graph.newBlock()
    graph.terminate(.jump(test), span: place)
    graph.start(test)
    if let condition = parts.condition {
      self.condition(condition, then: body, otherwise: end)
    } else {
      graph.terminate(.jump(body), span: place)
    }
    graph.start(body)
    loopBody(bodyCursor, continuing: step, breaking: end)
    graph.terminate(.jump(step), span: place)
    graph.start(step)
    if let increment = parts.increment { effect(increment) }
    graph.terminate(.jump(test), span: place)
    graph.start(end)
    endScope(outer) { place }
  }

  private func loopBody(_ body: Cursor, continuing: Int, breaking: Int) {
    breakTargets.append(JumpTarget(block: breaking, cleanupCount: cleanups.count))
    continueTargets.append(JumpTarget(block: continuing, cleanupCount: cleanups.count))
    statement(body)
    breakTargets.removeLast()
    continueTargets.removeLast()
  }

  private struct ForParts {
    var initialization: Cursor?
    var condition: Cursor?
    var increment: Cursor?
  }

  /// libclang leaves absent parts out without saying which they are.
  private func forParts(_ cursor: Cursor, _ children: [Cursor]) -> ForParts {
    let present = children.dropLast()
    if present.isEmpty { return ForParts() }
    if present.count == 3 {
      return ForParts(initialization: children[0], condition: children[1], increment: children[2])
    }
    if present.count == 1, children[0].kind == .declarationStatement {
      return ForParts(initialization: children[0])
    }
    guard let header = forHeader(cursor), header.count == present.count else {
      return guessedForParts(Array(present))
    }
    var rest = present
    var parts = ForParts()
    if header.hasInit { parts.initialization = rest.popFirst() }
    if header.hasCondition { parts.condition = rest.popFirst() }
    if header.hasIncrement { parts.increment = rest.popFirst() }
    return parts
  }

  /// Where even the print does not tell: an expression with an effect and no comparison is a step.
  private func guessedForParts(_ present: [Cursor]) -> ForParts {
    unit.unmodelled["for statement with absent parts", default: 0] += 1
    var parts = ForParts()
    for part in present {
      let isEffect =
        part.kind == .compoundAssignment
        || (part.kind == .binaryOperator && part.binaryOperator == .assign)
        || (part.kind == .unaryOperator && part.unaryOperator.isStep)
      if part.kind == .declarationStatement {
        parts.initialization = part
      } else if !isEffect, parts.condition == nil {
        parts.condition = part
      } else if parts.condition == nil, present.count == 2, parts.initialization == nil {
        parts.initialization = part
      } else {
        parts.increment = part
      }
    }
    return parts
  }
}

extension UnaryOperatorKind {
  /// `++`, `--`.
  var isStep: Bool {
    switch self {
    case .postIncrement, .postDecrement, .preIncrement, .preDecrement: true
    default: false
    }
  }
}
