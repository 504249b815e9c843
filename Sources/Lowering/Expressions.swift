import Clang
import SpawnIR

extension FunctionLowering {
  /// What the expression yields; its effects are emitted before.
  func value(_ cursor: Cursor) -> Value {
    nested(cursor, otherwise: .opaque(shape(of: cursor))) { expression(cursor, isUsed: true) }
  }

  /// The expression for its effects only.
  func effect(_ cursor: Cursor) {
    nested(cursor, otherwise: ()) { _ = expression(cursor, isUsed: false) }
  }

  private func expression(_ cursor: Cursor, isUsed: Bool) -> Value {
    switch cursor.kind {
    case .parenthesized:
      guard let inner = cursor.children.last else { return unmodelled(cursor) }
      return expression(inner, isUsed: isUsed)
    case .unexposedExpression: return unexposed(cursor, isUsed: isUsed)
    case .declarationReference: return reference(cursor)
    case .memberExpression, .arraySubscript, .compoundLiteral: return load(place(cursor), cursor)
    case .call: return call(cursor, isUsed: isUsed)
    case .integerLiteral, .characterLiteral, .booleanLiteral:
      guard let number = cursor.integerValue else { return unmodelled(cursor) }
      return .integer(number)
    case .nullPointerLiteral: return .integer(0)
    case .floatingLiteral, .imaginaryLiteral: return .opaque(shape(of: cursor))
    case .stringLiteral: return .string(text(cursor))
    case .unaryOperator: return unary(cursor, isUsed: isUsed)
    case .binaryOperator: return binary(cursor, isUsed: isUsed)
    case .compoundAssignment: return compoundAssignment(cursor)
    case .conditionalOperator: return conditionalValue(cursor, isUsed: isUsed)
    case .cast: return cast(cursor, isUsed: isUsed)
    case .initializerList: return initializerValue(cursor)
    case .addressOfLabel: return addressOfLabel(cursor)
    case .statementExpression: return statementExpression(cursor, isUsed: isUsed)
    case .genericSelection: return genericSelection(cursor, isUsed: isUsed)
    case .sizeOf:
      // Not evaluated; of a variable length array the size is unknown.
      return cursor.integerValue.map(Value.integer) ?? .opaque(shape(of: cursor))
    default: return unmodelled(cursor)
    }
  }

  func text(_ literal: Cursor) -> String {
    if let text = literal.stringValue { return text }
    let spelling = literal.spelling
    return spelling.hasPrefix("\"") && spelling.count >= 2
      ? String(spelling.dropFirst().dropLast()) : spelling
  }

  /// Unknown result; the operands' effects are kept.
  func unmodelled(_ cursor: Cursor) -> Value {
    unit.noteUnmodelled(cursor)
    for child in cursor.children where child.kind.isExpression { effect(child) }
    return .opaque(shape(of: cursor))
  }

  /// The object's value; arrays decay to their address.
  func load(_ place: Place, _ cursor: Cursor) -> Value {
    isArrayObject(cursor) ? .addressOf(place) : .load(place)
  }

  private func reference(_ cursor: Cursor) -> Value {
    guard let target = cursor.referenced else { return unmodelled(cursor) }
    switch target.kind {
    case .function:
      unit.mentionFunction(target)
      return .function(unit.symbols.symbol(of: target))
    case .enumConstant: return .integer(target.enumConstantValue)
    case .variable, .parameter: return load(place(cursor), cursor)
    default: return unmodelled(cursor)
    }
  }

  private func addressOfLabel(_ cursor: Cursor) -> Value {
    if let label = labelTarget(cursor) { addressedLabels.append(label) }
    return .opaque(shape(of: cursor))
  }

  /// `({ … })`: the value of the last expression, before the block's cleanups run.
  private func statementExpression(_ cursor: Cursor, isUsed: Bool) -> Value {
    guard let block = cursor.children.first(where: { $0.kind == .compound }) else {
      return unmodelled(cursor)
    }
    let outer = cleanups.count
    var children = block.children[...]
    var result = Value.opaque(.void)
    let type = shape(of: cursor)
    if isUsed, type.kind != .void, let last = children.last, let expression = lastExpression(last) {
      children.removeLast()
      children.forEach(statement)
      labelsBefore(last)
      result = value(expression)
      if cleanups.count > outer { result = held(result, expression) }
    } else {
      children.forEach(statement)
      if isUsed, type.kind != .void { result = .opaque(type) }
    }
    endScope(outer) { self.unit.files.endSpan(of: block) }
    return result
  }

  /// The expression that ends the block, through labels and attributes.
  private func lastExpression(_ cursor: Cursor) -> Cursor? {
    if cursor.kind.isExpression { return cursor }
    guard cursor.kind == .label || cursor.kind == .unexposedStatement else { return nil }
    return cursor.children.last { $0.kind.isExpression || $0.kind.isStatement }.flatMap(lastExpression)
  }

  private func labelsBefore(_ cursor: Cursor) {
    guard cursor.kind == .label else { return }
    let block = graph.newBlock()
    graph.terminate(.jump(block), span: span(cursor))
    graph.start(block)
    labels[LabelKey(cursor)] = Label(block: block, cleanups: cleanups)
    if let inner = cursor.children.last { labelsBefore(inner) }
  }

  private func cast(_ cursor: Cursor, isUsed: Bool) -> Value {
    guard let operand = cursor.children.last(where: { $0.kind.isExpression }) else {
      return unmodelled(cursor)
    }
    if !isUsed || shape(of: cursor).kind == .void {
      effect(operand)
      return .opaque(.void)
    }
    return converted(value(operand), from: operand, to: cursor)
  }

  // MARK: Unary

  private func unary(_ cursor: Cursor, isUsed: Bool) -> Value {
    guard let operand = cursor.children.last(where: { $0.kind.isExpression }) else {
      return unmodelled(cursor)
    }
    switch cursor.unaryOperator {
    case .postIncrement, .postDecrement, .preIncrement, .preDecrement:
      return step(cursor, operand, isUsed: isUsed)
    case .addressOf: return address(of: operand)
    case .dereference: return dereferenced(cursor, operand)
    case .plus, .extension:
      return isUsed
        ? value(operand)
        : {
          effect(operand); return .opaque(.void)
        }()
    case .minus: return unary(.minus, cursor, operand)
    case .bitNot: return unary(.bitNot, cursor, operand)
    case .logicalNot: return unary(.logicalNot, cursor, operand)
    case .real, .imaginary, .coawait, .invalid: return unmodelled(cursor)
    }
  }

  private func unary(_ op: UnaryOperator, _ cursor: Cursor, _ operand: Cursor) -> Value {
    let inner = value(operand)
    if case .integer(let number) = inner, let result = Arithmetic.fold(op, number, type: shape(of: cursor)) {
      return .integer(result)
    }
    if op == .logicalNot, case .function = inner { return .integer(0) }
    if op == .logicalNot, case .string = inner { return .integer(0) }
    return .unary(op, inner)
  }

  private func address(of operand: Cursor) -> Value {
    if operand.type.canonical.kind.isFunction { return value(operand) }
    let target = place(operand)
    if case .dereference(let pointer) = target { return pointer }
    return .addressOf(target)
  }

  private func dereferenced(_ cursor: Cursor, _ operand: Cursor) -> Value {
    // A function pointer's target decays at once to the pointer.
    if cursor.type.canonical.kind.isFunction { return value(operand) }
    return load(place(cursor), cursor)
  }

  /// `++`, `--`: the place is evaluated once; the old value is kept only where it is read.
  private func step(_ cursor: Cursor, _ operand: Cursor, isUsed: Bool) -> Value {
    let kind = cursor.unaryOperator
    let target = place(operand)
    guard !graph.isDead else { return .opaque(shape(of: cursor)) }
    let type = shape(of: operand)
    var result = Value.load(target)
    if isUsed, kind == .postIncrement || kind == .postDecrement {
      let old = temporary(type, span(cursor))
      assign(.variable(old), .load(target), cursor)
      result = .load(.variable(old))
    }
    let op: BinaryOperator = kind == .postIncrement || kind == .preIncrement ? .add : .subtract
    assign(target, narrowed(.binary(op, .load(target), .integer(1)), to: type), cursor)
    return result
  }
}
