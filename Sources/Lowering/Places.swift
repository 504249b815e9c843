import Clang
import SpawnIR

extension FunctionLowering {
  /// The object an lvalue names.
  func place(_ cursor: Cursor) -> Place {
    nested(cursor, otherwise: .dereference(.opaque(shape(of: cursor)))) { placeHere(cursor) }
  }

  private func placeHere(_ cursor: Cursor) -> Place {
    switch cursor.kind {
    case .parenthesized:
      if let inner = cursor.children.last { return place(inner) }
    case .declarationReference:
      if let target = cursor.referenced, let place = variablePlace(target) { return place }
    case .memberExpression: return member(cursor)
    case .arraySubscript: return subscripted(cursor)
    case .unaryOperator:
      if let operand = cursor.children.last(where: { $0.kind.isExpression }) {
        switch cursor.unaryOperator {
        case .dereference: return pointed(to: operand)
        case .extension, .real, .imaginary: return place(operand)
        default: break
        }
      }
    case .compoundLiteral: return compoundLiteral(cursor)
    case .unexposedExpression, .cast:
      // A conversion that changes nothing of an object (`const`), or the object of a statement expression.
      if let inner = cursor.children.last, cursor.children.count == 1, cursor.location == inner.location,
        isArrayObject(inner) || inner.type.canonical.kind == .record
      {
        return place(inner)
      }
    case .binaryOperator where cursor.binaryOperator == .comma:
      let children = cursor.children
      if children.count == 2 {
        effect(children[0])
        return place(children[1])
      }
    case .genericSelection:
      if let chosen = chosenAssociation(cursor) { return place(chosen) }
    default: break
    }
    // No object: the value goes through a temporary.
    let result = value(cursor)
    if case .load(let place) = result { return place }
    if case .addressOf(let place) = result { return place }
    let temporary = temporary(shape(of: cursor), span(cursor))
    assign(.variable(temporary), result, cursor)
    return .variable(temporary)
  }

  private func variablePlace(_ target: Cursor) -> Place? {
    if let number = variableNumbers[target] { return .variable(number) }
    guard target.kind == .variable || target.kind == .parameter else { return nil }
    if target.kind == .variable, target.hasLinkage {
      unit.mentionVariable(target)
      return .global(unit.symbols.symbol(of: target))
    }
    if target.kind == .variable, target.isStatic { return .global(staticLocal(target)) }
    // A variable of code that was left out, or named by its own initialiser's type.
    return .variable(addVariable(target, kind: .local))
  }

  private func member(_ cursor: Cursor) -> Place {
    guard let base = cursor.children.first(where: { $0.kind.isExpression }) else {
      return .dereference(.opaque(shape(of: cursor)))
    }
    let type = base.type.canonical
    let object = type.kind == .pointer || type.kind.isArray ? pointed(to: base) : place(base)
    guard let field = cursor.referenced, !unit.types.isAnonymousMember(field) else { return object }
    return .field(object, unit.types.field(field))
  }

  private func subscripted(_ cursor: Cursor) -> Place {
    let children = cursor.children
    guard children.count == 2 else { return .dereference(.opaque(shape(of: cursor))) }
    // `i[p]` is `p[i]`.
    let isReversed = !shape(of: children[0]).isPointerLike
    let (base, index) = isReversed ? (children[1], children[0]) : (children[0], children[1])
    let type = cursor.type.canonical
    if let array = decayedArray(base) {
      let object = place(array)
      return element(of: object, value(index), type)
    }
    let pointer = value(base)
    let offset = value(index)
    if case .addressOf(.element(let object, .integer(0))) = pointer {
      return .element(object, scaled(offset, by: type))
    }
    return .element(.dereference(pointer), scaled(offset, by: type))
  }

  /// An element of an array object. Arrays inside arrays lie one behind the other, so the elements of
  /// `int a[3][2]` are counted from 0 to 5: `a[1]` begins at 2, `a[1][1]` is 3, however it is reached.
  func element(of array: Place, _ index: Value, _ type: Type) -> Place {
    element(of: array, at: scaled(index, by: type))
  }

  func element(of array: Place, at offset: Value) -> Place {
    guard case .element(let outer, let first) = array else { return .element(array, offset) }
    if case .integer(let a) = first, case .integer(let b) = offset { return .element(outer, .integer(a + b)) }
    return .element(outer, first == .integer(0) ? offset : .binary(.add, first, offset))
  }

  /// A distance in elements of a type, counted in those that are no arrays.
  func scaled(_ index: Value, by type: Type) -> Value {
    guard let count = type.canonical.scalarCount, count != 1 else { return index }
    if case .integer(let number) = index { return .integer(number &* Int64(count)) }
    return .binary(.multiply, index, .integer(Int64(count)))
  }

  /// `*p`.
  func pointed(to operand: Cursor) -> Place {
    if let array = decayedArray(operand) {
      return element(of: place(array), at: .integer(0))
    }
    switch value(operand) {
    case .addressOf(let place): return place
    case .binary(.add, let pointer, let offset)
    where shape(of: operand).kind == .pointer && isPointer(pointer):
      return .element(.dereference(pointer), offset)
    case let pointer: return .dereference(pointer)
    }
  }

  private func isPointer(_ value: Value) -> Bool {
    switch value {
    case .load(let place): type(of: place)?.isPointerLike ?? true
    case .addressOf, .string: true
    default: false
    }
  }

  private func type(of place: Place) -> TypeShape? {
    switch place {
    case .variable(let number): variables[number].type
    case .field(_, let field): field.type
    default: nil
    }
  }

  /// `(T){…}`: a nameless object, initialised each time.
  private func compoundLiteral(_ cursor: Cursor) -> Place {
    guard let list = cursor.children.last(where: { $0.kind.isExpression }) else {
      return .dereference(.opaque(shape(of: cursor)))
    }
    if isStaticContext { return .global(unit.addCompoundLiteral(cursor, list, staticContext: self)) }
    let object = temporary(shape(of: cursor), span(cursor))
    variables[object].kind = .local
    if !graph.isDead { emit(.declare(object), span(cursor)) }
    initialize(.variable(object), cursor.type.canonical, list)
    return .variable(object)
  }
}
