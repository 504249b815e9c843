import Clang
import SpawnIR

extension FunctionLowering {
  func call(_ cursor: Cursor, isUsed: Bool) -> Value {
    let children = cursor.children
    guard let calleeCursor = children.first, calleeCursor.kind.isExpression else { return unmodelled(cursor) }
    return call(of: calleeCursor, arguments: Array(children.dropFirst()), by: cursor, isUsed: isUsed)
  }

  func call(of calleeCursor: Cursor, arguments: [Cursor], by cursor: Cursor, isUsed: Bool) -> Value {
    let target = directTarget(calleeCursor)
    if let target, let meaning = Builtins.meaning(target.spelling),
      let result = builtin(meaning, cursor, arguments, isUsed: isUsed)
    {
      return result
    }
    let callee: Callee
    var neverReturns: Bool
    if let target {
      unit.mentionFunction(target)
      callee = .direct(unit.symbols.symbol(of: target))
      neverReturns = unit.symbols.neverReturns(target)
    } else {
      neverReturns = unit.typeSaysNoReturn(calleeCursor.type)
      if case .function(let symbol) = value(calleeCursor) {
        callee = .direct(symbol)
      } else {
        callee = .indirect(value(calleeCursor))
      }
    }
    if target != nil, !neverReturns { neverReturns = unit.typeSaysNoReturn(calleeCursor.type) }
    let type = shape(of: cursor)
    let values = arguments.map { value(plain($0)) }
    guard !graph.isDead else { return .opaque(type) }
    let place = span(cursor)
    let result = isUsed && type.kind != .void ? temporary(type, place) : nil
    emit(
      .call(
        Call(
          result: neverReturns ? nil : result, callee: callee, arguments: values, resultType: type,
          neverReturns: neverReturns)), place)
    if neverReturns { graph.terminate(.unreachable, span: place) }
    return result.map { .load(.variable($0)) } ?? .opaque(type)
  }

  /// `f`, `(f)`, `*f`, `&f`, `(T)f`.
  private func directTarget(_ cursor: Cursor) -> Cursor? {
    var cursor = cursor
    while true {
      switch cursor.kind {
      case .declarationReference:
        guard let target = cursor.referenced, target.kind == .function else { return nil }
        return target
      case .parenthesized, .unexposedExpression, .cast:
        guard let inner = cursor.children.last, inner.kind.isExpression else { return nil }
        if cursor.kind == .unexposedExpression, cursor.location != inner.location { return nil }
        cursor = inner
      case .unaryOperator:
        guard let inner = cursor.children.last, inner.kind.isExpression else { return nil }
        switch cursor.unaryOperator {
        case .addressOf, .extension: break
        case .dereference where cursor.type.canonical.kind.isFunction: break
        default: return nil
        }
        cursor = inner
      case .genericSelection:
        guard let chosen = chosenAssociation(cursor) else { return nil }
        cursor = chosen
      default: return nil
      }
    }
  }

  /// What is handed to a parameter of transparent union type (glibc's socket addresses): clang wraps
  /// the argument in a literal of the union that stands nowhere in the source.
  private func plain(_ argument: Cursor) -> Cursor {
    guard argument.kind == .compoundLiteral, let list = argument.children.last,
      list.kind == .initializerList, list.children.count == 1, let member = list.children.first
    else { return argument }
    let (whole, inner) = (span(argument), span(list))
    return whole.line == inner.line && whole.column == inner.column ? member : argument
  }

  private func builtin(
    _ meaning: Builtins.Meaning, _ cursor: Cursor, _ arguments: [Cursor], isUsed: Bool
  ) -> Value? {
    let type = shape(of: cursor)
    switch meaning {
    case .expectation:
      guard let first = arguments.first else { return nil }
      if isUsed { return value(first) }
      effect(first)
      return .opaque(type)
    case .constantTest:
      return .integer(arguments.first.map(isConstant) == true ? 1 : 0)
    case .unevaluated(let result):
      return result.map(Value.integer) ?? .opaque(type)
    case .unreachable:
      graph.terminate(.unreachable, span: span(cursor))
      return .opaque(type)
    case .writesFirst, .writesLast:
      let values = arguments.map(value)
      let isFirst = if case .writesFirst = meaning { true } else { false }
      guard let pointer = isFirst ? values.first : values.last, !graph.isDead else { return .opaque(type) }
      emit(.assembly(outputs: [target(of: pointer)]), span(cursor))
      return .opaque(type)
    case .pure:
      arguments.forEach { effect($0) }
      return .opaque(type)
    }
  }

  /// `*pointer`.
  func target(of pointer: Value) -> Place {
    if case .addressOf(let place) = pointer { return place }
    return .dereference(pointer)
  }
}
