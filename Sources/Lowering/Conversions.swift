import Clang
import SpawnIR

extension FunctionLowering {
  /// A conversion is shown only where it can change the value.
  func converted(_ value: Value, from inner: Cursor, to outer: Cursor) -> Value {
    let source = shape(of: inner)
    let target = shape(of: outer)
    if source == target { return value }
    if case .integer(let number) = value { return .integer(Arithmetic.wrap(number, to: target) ?? number) }
    guard canChange(value, source, target) else { return value }
    if isEnumeration(inner) || isEnumeration(outer), width(source) == width(target) { return value }
    // The promotion of a narrow unsigned bit-field to `int`.
    if case .load(.field) = value, let bits = bitFieldWidth(inner), let width = width(target), bits < width {
      return value
    }
    return .convert(target, value)
  }

  private func bitFieldWidth(_ cursor: Cursor) -> Int? {
    var cursor = cursor
    while cursor.kind == .parenthesized || cursor.kind == .unexposedExpression,
      let inner = cursor.children.last
    {
      cursor = inner
    }
    return cursor.kind == .memberExpression ? cursor.referenced?.bitFieldWidth : nil
  }

  private func isEnumeration(_ cursor: Cursor) -> Bool { cursor.type.canonical.kind == .enumeration }

  private func width(_ type: TypeShape) -> Int? {
    switch type.kind {
    case .signed(let width), .unsigned(let width): width
    default: nil
    }
  }

  private func canChange(_ value: Value, _ source: TypeShape, _ target: TypeShape) -> Bool {
    switch (source.kind, target.kind) {
    case (.bool, .signed), (.bool, .unsigned), (.bool, .bool): return false
    case (_, .bool): return !isTruth(value)
    case (.signed(let from), .signed(let to)), (.unsigned(let from), .unsigned(let to)):
      return to < from && !isTruth(value)
    case (.signed, .unsigned): return !isTruth(value)
    case (.unsigned(let from), .signed(let to)): return to <= from && !isTruth(value)
    case (.floating, .signed), (.floating, .unsigned), (.signed, .floating), (.unsigned, .floating),
      (.bool, .floating):
      return true
    default: return false
    }
  }

  /// 0 or 1 whatever its type.
  private func isTruth(_ value: Value) -> Bool {
    switch value {
    case .unary(.logicalNot, _): true
    case .binary(let op, _, _): op.isComparison
    case .convert(let type, _): type.kind == .bool
    default: false
    }
  }

  // MARK: Constants

  /// The value of an integer constant expression; nil as well where finding out would take long.
  func constant(_ cursor: Cursor) -> Int64? {
    var budget = 256
    return constant(cursor, &budget)
  }

  private func constant(_ cursor: Cursor, _ budget: inout Int) -> Int64? {
    budget -= 1
    guard budget > 0 else { return nil }
    switch cursor.kind {
    case .integerLiteral, .characterLiteral, .booleanLiteral, .sizeOf: return cursor.integerValue
    case .declarationReference:
      guard let target = cursor.referenced, target.kind == .enumConstant else { return nil }
      return target.enumConstantValue
    case .parenthesized: return cursor.children.last.flatMap { constant($0, &budget) }
    case .cast, .unexposedExpression: return convertedConstant(cursor, &budget)
    case .unaryOperator:
      guard let operand = cursor.children.last, let number = constant(operand, &budget) else { return nil }
      switch cursor.unaryOperator {
      case .plus, .extension: return number
      case .minus: return Arithmetic.fold(.minus, number, type: shape(of: cursor))
      case .bitNot: return Arithmetic.fold(.bitNot, number, type: shape(of: cursor))
      case .logicalNot: return number == 0 ? 1 : 0
      default: return nil
      }
    case .binaryOperator: return binaryConstant(cursor, &budget)
    case .conditionalOperator:
      let children = cursor.children
      guard children.count == 3, let test = constant(children[0], &budget) else { return nil }
      return constant(test != 0 ? children[1] : children[2], &budget)
    case .genericSelection: return chosenAssociation(cursor).flatMap { constant($0, &budget) }
    case .call:
      let children = cursor.children
      if Builtins.isExpectation(cursor.spelling), children.count > 1 { return constant(children[1], &budget) }
      if Builtins.asksForConstant(cursor.spelling), children.count > 1 {
        return isConstant(children[1], &budget) ? 1 : 0
      }
      return nil
    default: return nil
    }
  }

  /// Whether `__builtin_constant_p` is 1.
  func isConstant(_ cursor: Cursor) -> Bool {
    var budget = 256
    return isConstant(cursor, &budget)
  }

  private func isConstant(_ cursor: Cursor, _ budget: inout Int) -> Bool {
    var cursor = cursor
    while cursor.kind == .parenthesized || cursor.kind == .unexposedExpression,
      let inner = cursor.children.last
    {
      // What stands inside may be no operand but belong to a type.
      if constant(cursor, &budget) != nil { return true }
      cursor = inner
    }
    return cursor.kind == .stringLiteral || cursor.kind == .floatingLiteral
      || constant(cursor, &budget) != nil
  }

  /// The operand of `__builtin_choose_expr` that its constant chooses.
  func chosenOperand(_ cursor: Cursor) -> Cursor? {
    var budget = 256
    return chosenOperand(cursor, &budget)
  }

  private func chosenOperand(_ cursor: Cursor, _ budget: inout Int) -> Cursor? {
    let operands = cursor.children.filter(\.kind.isExpression)
    guard operands.count == 3, unit.words(at: cursor, count: 1).first?.hasSuffix("choose_expr") == true,
      let number = constant(operands[0], &budget)
    else { return nil }
    return number != 0 ? operands[1] : operands[2]
  }

  private func convertedConstant(_ cursor: Cursor, _ budget: inout Int) -> Int64? {
    let children = cursor.children
    if cursor.kind == .unexposedExpression {
      guard let inner = children.last, children.count == 1, inner.kind.isExpression,
        inner.location == cursor.location
      else {
        if let chosen = chosenOperand(cursor, &budget) { return constant(chosen, &budget) }
        return unexposedConstant(cursor, children)
      }
    }
    guard let operand = children.last, operand.kind.isExpression, let number = constant(operand, &budget)
    else {
      return nil
    }
    let target = shape(of: cursor)
    return Arithmetic.wrap(number, to: target)
  }

  private func binaryConstant(_ cursor: Cursor, _ budget: inout Int) -> Int64? {
    let children = cursor.children
    guard children.count == 2 else { return nil }
    let kind = cursor.binaryOperator
    if kind == .logicalAnd || kind == .logicalOr {
      guard let left = constant(children[0], &budget) else { return nil }
      if kind == .logicalAnd, left == 0 { return 0 }
      if kind == .logicalOr, left != 0 { return 1 }
      return constant(children[1], &budget).map { $0 != 0 ? 1 : 0 }
    }
    guard let op = kind.arithmetic, let left = constant(children[0], &budget),
      let right = constant(children[1], &budget)
    else { return nil }
    return Arithmetic.fold(op, left, right, type: shape(of: children[0]))
  }
}
