import Clang
import SpawnIR

extension UnitSkimming {
  /// A pointer to a function, or an array of or pointer to such.
  static func holdsFunctions(_ type: Type) -> Bool {
    var type = type
    while true {
      switch type.kind {
      case .pointer, .blockPointer:
        type = type.pointee.canonical
        if type.kind.isFunction { return true }
      case .constantArray, .incompleteArray, .variableArray: type = type.element.canonical
      case .atomic: type = type.atomicValue.canonical
      default: return false
      }
    }
  }

  /// Members of a record, or of an array's records, that may hold functions.
  func slots(of type: Type) -> [Int32] {
    var type = type
    while type.kind.isArray { type = type.element.canonical }
    guard type.kind == .record else { return [] }
    if let known = slotsOfRecords[type] { return known }
    slotsOfRecords[type] = []
    var result: [Int32] = []
    for field in type.fields {
      if case .member(let slot) = entity(field) { result.append(slot) }
      result += slots(of: field.type.canonical)
    }
    slotsOfRecords[type] = result
    return result
  }

  /// Whether a pointer to a function is made from something that is none: `(handler)data`, `va_arg`.
  func castsToFunctions(_ definition: Cursor) -> Bool {
    var found = false
    definition.visit { cursor, parent in
      guard parent.kind == .cast || parent.kind == .unexposedExpression, cursor.kind.isExpression,
        Self.holdsFunctions(parent.type.canonical)
      else { return .into }
      let type = cursor.type.canonical
      // Null and numbers like SIG_IGN are no functions.
      if Self.holdsFunctions(type) || type.kind.isFunction || type.kind.isArray || Self.isNumber(cursor, type)
      {
        return .into
      }
      found = true
      return .stop
    }
    return found
  }

  /// An integer too small for an address, or one written as a literal, whatever it is cast to.
  private static func isNumber(_ cursor: Cursor, _ type: Type) -> Bool {
    switch type.kind {
    case .bool, .signedInteger, .unsignedInteger, .enumeration:
      if let size = type.size, size < 8 { return true }
    default: break
    }
    switch cursor.kind {
    case .integerLiteral, .characterLiteral: return true
    case .cast, .parenthesized, .unexposedExpression, .unaryOperator:
      guard let inner = cursor.children.last, inner.kind.isExpression else { return false }
      return isNumber(inner, inner.type.canonical)
    default: return false
    }
  }
}
