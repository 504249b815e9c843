import Clang
import SpawnIR

/// Expressions that libclang has no kind for. Implicit conversions are by far the most: one operand
/// that begins where the expression begins.
extension FunctionLowering {
  func unexposed(_ cursor: Cursor, isUsed: Bool) -> Value {
    let children = cursor.children
    if unit.lost.hasErrors, cursor.type.isLost { return lostExpression(cursor, children) }
    if children.count == 1, let inner = children.first, inner.kind.isExpression,
      inner.location == cursor.location
    {
      return implicitConversion(cursor, inner, isUsed: isUsed)
    }
    if children.isEmpty {
      // What an initialiser leaves out, `__builtin_LINE()`, `__builtin_types_compatible_p`.
      return unexposedConstant(cursor, children).map(Value.integer) ?? .opaque(shape(of: cursor))
    }
    let word = unit.words(at: cursor, count: 1).first ?? ""
    if Atomics.isAtomic(word) { return atomic(word, cursor, children, isUsed: isUsed) }
    let operands = children.filter(\.kind.isExpression)
    if operands.count == 4, operands.count == children.count, operands[0] == operands[1] {
      return elvisValue(cursor, operands, isUsed: isUsed)
    }
    if word.hasSuffix("choose_expr"), let chosen = chosenOperand(cursor) { return value(chosen) }
    if let number = unexposedConstant(cursor, children) { return .integer(number) }
    if word.hasSuffix("va_arg") || operands.count == 1 {
      // The list moves on; what it yields is unknown.
      for operand in operands { effect(operand) }
      return .opaque(shape(of: cursor))
    }
    return unmodelled(cursor)
  }

  private func implicitConversion(_ cursor: Cursor, _ inner: Cursor, isUsed: Bool) -> Value {
    if !isUsed {
      effect(inner)
      return .opaque(.void)
    }
    if isArrayObject(inner), !isArrayObject(cursor) || cursor.type.canonical.kind == .pointer {
      // The address of a literal is the literal itself.
      let literal = stringLiteral(inner)
      if let literal { return .string(text(literal)) }
      return .addressOf(place(inner))
    }
    return converted(value(inner), from: inner, to: cursor)
  }

  /// A string literal, `__func__`, or one in parentheses.
  func stringLiteral(_ cursor: Cursor) -> Cursor? {
    var cursor = cursor
    while cursor.kind == .parenthesized || cursor.kind == .unexposedExpression
      || (cursor.kind == .unaryOperator && cursor.unaryOperator == .extension)
    {
      guard let inner = cursor.children.last else { return nil }
      cursor = inner
    }
    return cursor.kind == .stringLiteral ? cursor : nil
  }

  /// `offsetof`, `__builtin_types_compatible_p`: types and member names, no objects.
  func unexposedConstant(_ cursor: Cursor, _ children: [Cursor]) -> Int64? {
    let isOffset = children.contains { $0.kind == .memberReference }
    let hasOperands = children.contains { $0.kind.isExpression }
    if hasOperands, !isOffset {
      // Operands of `typeof` inside.
      guard unit.words(at: cursor, count: 1).first == "__builtin_types_compatible_p" else { return nil }
    }
    switch shape(of: cursor).kind {
    case .signed, .unsigned, .bool: return cursor.integerValue
    default: return nil
    }
  }

  // MARK: _Generic

  func genericSelection(_ cursor: Cursor, isUsed: Bool) -> Value {
    guard let chosen = chosenAssociation(cursor) else {
      unit.noteUnmodelled(cursor)
      return .opaque(shape(of: cursor))
    }
    if isUsed { return value(chosen) }
    effect(chosen)
    return .opaque(.void)
  }

  /// libclang shows all arms: only one has the type of the whole, or the print says which label fits.
  func chosenAssociation(_ cursor: Cursor) -> Cursor? {
    let operands = cursor.children.filter(\.kind.isExpression)
    guard let control = operands.first, operands.count > 1 else { return nil }
    let arms = Array(operands.dropFirst())
    if let labels = genericLabels(cursor), labels.count == arms.count,
      let number = matching(labels, control.type)
    {
      return arms[number]
    }
    let type = cursor.type
    let candidates = arms.filter { $0.type == type }
    return candidates.count == 1 || arms.count == 1 ? candidates.first ?? arms.first : nil
  }

  private func matching(_ labels: [String], _ type: Type) -> Int? {
    let spellings = Set([type.spelling, type.canonical.spelling].map(Self.unqualified))
    return labels.firstIndex { spellings.contains(Self.unqualified($0)) } ?? labels.firstIndex(of: "default")
  }

  /// Without the qualifiers of the value itself: the controlling expression is an rvalue.
  private static func unqualified(_ type: String) -> String {
    guard !type.contains("*") else {
      var words = type[...]
      for suffix in ["const", "volatile", "restrict"]
      where words.hasSuffix("*" + suffix) || words.hasSuffix("* " + suffix) {
        words = words.dropLast(suffix.count)
      }
      return String(words).replacing(" ", with: "")
    }
    let words = type.split(separator: " ").filter { $0 != "const" && $0 != "volatile" && $0 != "_Bool" }
    return type.contains("_Bool") ? "bool" : words.joined()
  }
}
