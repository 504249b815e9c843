import Clang
import SpawnIR

/// Types and members as the IR names them; remembers what it was asked.
final class TypeShapes {
  private var shapes: [Type: TypeShape] = [:]
  private var recordNames: [Cursor: Name] = [:]
  private var fields: [Cursor: Field] = [:]
  private var members: [Type: [Member]] = [:]

  /// One member of a record in declaration order.
  struct Member {
    var cursor: Cursor
    var type: Type
    /// Its members belong to the record around it.
    var isAnonymous: Bool
    /// An unnamed bit-field: initialisers pass over it.
    var isPadding: Bool
  }

  func shape(_ type: Type) -> TypeShape {
    if let known = shapes[type] { return known }
    let result = compute(type.canonical)
    shapes[type] = result
    return result
  }

  private func compute(_ type: Type) -> TypeShape {
    var shape = TypeShape(.other, isVolatile: type.isVolatile, isConst: type.isConst)
    switch type.kind {
    case .void: shape.kind = .void
    case .bool: shape.kind = .bool
    case .signedInteger: shape.kind = .signed((type.size ?? 4) * 8)
    case .unsignedInteger: shape.kind = .unsigned((type.size ?? 4) * 8)
    case .enumeration:
      let integer = self.shape(type.declaration.enumIntegerType)
      shape.kind = integer.kind == .other ? .signed(32) : integer.kind
    case .floating: shape.kind = .floating
    case .pointer:
      let pointee = type.pointee.canonical
      shape.kind = pointee.kind.isFunction ? .functionPointer : .pointer
      shape.pointeeIsConst = isConst(pointee)
      shape.pointeeIsVolatile = pointee.isVolatile
    case .blockPointer: shape.kind = .pointer
    case .functionPrototype, .functionWithoutPrototype: shape.kind = .functionPointer
    case .record: shape.kind = .record(name(ofRecord: type.declaration, type: type))
    case .constantArray, .incompleteArray, .variableArray:
      shape.kind = .array
      shape.pointeeIsConst = isConst(type)
    case .atomic:
      let value = self.shape(type.atomicValue)
      shape.kind = value.kind
      shape.pointeeIsConst = value.pointeeIsConst
    case .invalid, .other: break
    }
    return shape
  }

  private func isConst(_ type: Type) -> Bool {
    var type = type
    while type.kind.isArray {
      if type.isConst { return true }
      type = type.element.canonical
    }
    return type.isConst
  }

  /// Tag, typedef name, or where an unnamed record stands: the same in every unit.
  private func name(ofRecord declaration: Cursor, type: Type) -> Name {
    if let known = recordNames[declaration] { return known }
    var name = type.spelling[...]
    for prefix in ["const ", "volatile ", "struct ", "union "] where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
    }
    if name.contains("("), let place = declaration.location.filePosition {
      name = "anon@\(place.file.name):\(place.line):\(place.column)"
    }
    let result = Name(String(name))
    recordNames[declaration] = result
    return result
  }

  func field(_ cursor: Cursor) -> Field {
    if let known = fields[cursor] { return known }
    var record = cursor.semanticParent
    while let inner = record, inner.isAnonymousRecord, let outer = inner.semanticParent,
      outer.kind == .structDeclaration || outer.kind == .unionDeclaration
    {
      record = outer
    }
    let name = record.map { self.name(ofRecord: $0, type: $0.type.canonical) } ?? ""
    let result = Field(record: name, name: Name(cursor.spelling), type: shape(cursor.type))
    fields[cursor] = result
    return result
  }

  /// A member without a name of its own: an anonymous structure or union.
  func isAnonymousMember(_ cursor: Cursor) -> Bool {
    let type = cursor.type.canonical
    return type.kind == .record && type.declaration.isAnonymousRecord
  }

  func members(of type: Type) -> [Member] {
    if let known = members[type] { return known }
    let result = type.canonical.fields.map { cursor in
      let isAnonymous = isAnonymousMember(cursor)
      return Member(
        cursor: cursor, type: cursor.type.canonical, isAnonymous: isAnonymous,
        isPadding: !isAnonymous && cursor.spelling.isEmpty)
    }
    members[type] = result
    return result
  }
}

extension TypeShape {
  static func pointer(decayedFrom array: TypeShape) -> TypeShape {
    TypeShape(.pointer, pointeeIsConst: array.pointeeIsConst)
  }
}
