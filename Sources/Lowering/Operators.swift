import Clang
import SpawnIR

extension BinaryOperatorKind {
  /// The operator of `a op b` and of `a op= b`.
  var arithmetic: BinaryOperator? {
    switch self {
    case .multiply, .multiplyAssign: .multiply
    case .divide, .divideAssign: .divide
    case .remainder, .remainderAssign: .remainder
    case .add, .addAssign: .add
    case .subtract, .subtractAssign: .subtract
    case .shiftLeft, .shiftLeftAssign: .shiftLeft
    case .shiftRight, .shiftRightAssign: .shiftRight
    case .less: .less
    case .greater: .greater
    case .lessOrEqual: .lessOrEqual
    case .greaterOrEqual: .greaterOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .bitAnd, .andAssign: .bitAnd
    case .bitXor, .xorAssign: .bitXor
    case .bitOr, .orAssign: .bitOr
    case .invalid, .spaceship, .logicalAnd, .logicalOr, .assign, .comma: nil
    }
  }
}

extension FunctionLowering {
  func binary(_ cursor: Cursor, isUsed: Bool) -> Value {
    let kind = cursor.binaryOperator
    let children = cursor.children
    guard children.count == 2 else { return unmodelled(cursor) }
    switch kind {
    case .assign: return assignment(cursor, children[0], children[1])
    case .comma:
      effect(children[0])
      if isUsed { return value(children[1]) }
      effect(children[1])
      return .opaque(.void)
    case .logicalAnd, .logicalOr:
      if isUsed { return logicalValue(cursor) }
      let end = graph.newBlock()
      // The right operand's value does not matter.
      let right = graph.newBlock()
      condition(
        children[0], then: kind == .logicalAnd ? right : end, otherwise: kind == .logicalAnd ? end : right)
      graph.start(right)
      effect(children[1])
      graph.terminate(.jump(end), span: span(cursor))
      graph.start(end)
      return .opaque(.void)
    default: return chain(cursor)
    }
  }

  /// Generated code has sums of thousands of terms, which lean to the left: they are followed without
  /// recursion, and cut into temporaries so that values stay shallow.
  private func chain(_ cursor: Cursor) -> Value {
    var links: [(cursor: Cursor, right: Cursor)] = []
    var leftmost = cursor
    while leftmost.kind == .binaryOperator, leftmost.binaryOperator.arithmetic != nil {
      let children = leftmost.children
      guard children.count == 2 else { break }
      links.append((leftmost, children[1]))
      leftmost = children[0]
    }
    guard !links.isEmpty else { return unmodelled(cursor) }
    var result = value(leftmost)
    var left = leftmost
    for (number, link) in links.reversed().enumerated() {
      result = operation(link.cursor, result, left, link.right)
      left = link.cursor
      if number % 64 == 63 { result = held(result, link.cursor) }
    }
    return result
  }

  private func operation(_ cursor: Cursor, _ left: Value, _ leftCursor: Cursor, _ right: Cursor) -> Value {
    guard let op = cursor.binaryOperator.arithmetic else { return unmodelled(cursor) }
    let leftType = leftCursor.type
    var other = value(right)
    if op == .add || op == .subtract, leftType.canonical.kind == .pointer,
      right.type.canonical.kind != .pointer, leftType.canonical.pointee.canonical.kind.isArray
    {
      other = scaled(other, by: leftType.canonical.pointee)
    }
    if case .integer(let first) = left, case .integer(let second) = other {
      let operands =
        op == .shiftLeft || op == .shiftRight || op.isComparison ? shape(leftType) : shape(of: cursor)
      if operands.kind != .pointer || op.isComparison,
        let folded = Arithmetic.fold(op, first, second, type: operands)
      {
        return .integer(folded)
      }
    }
    // `array + i` is the address of an element.
    if op == .add, case .addressOf(let base) = left, isDecayedArray(leftCursor) {
      return .addressOf(element(of: base, at: other))
    }
    return .binary(op, left, other)
  }

  /// The array whose decay this pointer expression is.
  func isDecayedArray(_ cursor: Cursor) -> Bool { decayedArray(cursor) != nil }

  func decayedArray(_ cursor: Cursor) -> Cursor? {
    var cursor = cursor
    while cursor.kind == .parenthesized || cursor.kind == .unexposedExpression || cursor.kind == .cast {
      guard let inner = cursor.children.last, inner.kind.isExpression else { return nil }
      if cursor.kind == .unexposedExpression, isArrayObject(inner) {
        return inner.kind == .stringLiteral ? nil : inner
      }
      if cursor.kind == .unexposedExpression, cursor.location != inner.location { return nil }
      cursor = inner
    }
    return nil
  }

  // MARK: Assignment

  /// The value of an assignment is that of its left side afterwards.
  private func assignment(_ cursor: Cursor, _ left: Cursor, _ right: Cursor) -> Value {
    let result = value(right)
    let target = place(left)
    assign(target, result, cursor)
    return .load(target)
  }

  func compoundAssignment(_ cursor: Cursor) -> Value {
    let children = cursor.children
    guard children.count == 2, let op = cursor.binaryOperator.arithmetic else { return unmodelled(cursor) }
    let operand = value(children[1])
    let target = place(children[0])
    let type = shape(of: children[0])
    assign(target, narrowed(.binary(op, .load(target), operand), to: type), cursor)
    return .load(target)
  }

  /// Arithmetic is done in `int` at least: a narrower object may hold another value.
  func narrowed(_ value: Value, to type: TypeShape) -> Value {
    switch type.kind {
    case .bool: .convert(type, value)
    case .signed(let width), .unsigned(let width): width < 32 ? .convert(type, value) : value
    default: value
    }
  }
}
