import Clang
import SpawnIR

extension FunctionLowering {
  /// The initialiser of a local or of a compound literal.
  func initialize(_ place: Place, _ type: Type, _ initializer: Cursor) {
    if let literal = stringLiteral(initializer), type.kind.isArray {
      return store(text(literal), in: place, initializer)
    }
    guard initializer.kind == .initializerList else {
      return assign(place, value(initializer), initializer)
    }
    if type.kind == .record || type.kind.isArray {
      if !graph.isDead { emit(.zero(place), span(initializer)) }
    } else if initializer.children.isEmpty {
      return assign(place, .integer(0), initializer)
    }
    list(initializer, type) { path, partType, expression in
      let part = path.reduce(place) { base, step in
        switch step {
        case .field(let field): .field(base, field)
        case .index(let number): .element(base, .integer(Int64(number)))
        }
      }
      if let literal = self.stringLiteral(expression), partType.kind.isArray {
        return self.store(self.text(literal), in: part, expression, isRow: !path.isEmpty)
      }
      let value = self.value(expression)
      // Already zero.
      if case .integer(0) = value, !path.isEmpty { return }
      self.assign(part, value, expression)
    }
  }

  func list(
    _ initializer: Cursor, _ type: Type, _ store: @escaping ([InitialStore.Step], Type, Cursor) -> Void
  ) {
    InitializerList(
      types: unit.types, constant: { self.constant($0) }, isRange: unit.isRange, store: store
    ).initialize([], type, list: initializer)
  }

  /// Short texts character by character; of long ones only that the array is no longer as it was.
  ///
  /// - Parameter isRow: part of an object that is zero already.
  private func store(_ text: String, in place: Place, _ cursor: Cursor, isRow: Bool = false) {
    guard !graph.isDead else { return }
    let bytes = Array(text.utf8)
    guard bytes.count <= 64 else { return emit(.assembly(outputs: [place]), span(cursor)) }
    if !isRow { emit(.zero(place), span(cursor)) }
    for (number, byte) in bytes.enumerated() {
      let character = element(of: place, at: .integer(Int64(number)))
      emit(.assign(character, .integer(Int64(Int8(bitPattern: byte)))), span(cursor))
    }
  }

  /// A braced list where a value is expected: of a scalar its only item.
  func initializerValue(_ cursor: Cursor) -> Value {
    let type = cursor.type.canonical
    guard type.kind == .record || type.kind.isArray else {
      return cursor.children.first(where: \.kind.isExpression).map(value) ?? .integer(0)
    }
    let object = temporary(shape(of: cursor), span(cursor))
    initialize(.variable(object), type, cursor)
    return .load(.variable(object))
  }
}
