import SpawnIR

/// Integer arithmetic as the target does it.
enum Arithmetic {
  /// The value an object of this type holds after `value` is stored in it; nil when that is unknown.
  static func wrap(_ value: Int64, to type: TypeShape) -> Int64? {
    switch type.kind {
    case .bool: value == 0 ? 0 : 1
    case .signed(let width): width >= 64 ? value : (value << (64 - width)) >> (64 - width)
    case .unsigned(let width):
      width >= 64 ? value : Int64(bitPattern: (UInt64(bitPattern: value) << (64 - width)) >> (64 - width))
    case .pointer, .functionPointer: value
    default: nil
    }
  }

  /// `type` is the operands' common type; the result of a comparison is 0 or 1.
  static func fold(_ op: BinaryOperator, _ left: Int64, _ right: Int64, type: TypeShape) -> Int64? {
    let isUnsigned = type.isNonNegative
    let width: Int64 =
      switch type.kind {
      case .signed(let width), .unsigned(let width): Int64(width)
      case .pointer: 64
      default: 0
      }
    guard width > 0, width <= 64 else { return nil }
    func compare(_ signed: (Int64, Int64) -> Bool, _ unsigned: (UInt64, UInt64) -> Bool) -> Int64 {
      (isUnsigned ? unsigned(UInt64(bitPattern: left), UInt64(bitPattern: right)) : signed(left, right))
        ? 1 : 0
    }
    let result: Int64
    switch op {
    case .less: return compare(<, <)
    case .lessOrEqual: return compare(<=, <=)
    case .greater: return compare(>, >)
    case .greaterOrEqual: return compare(>=, >=)
    case .equal: return left == right ? 1 : 0
    case .notEqual: return left != right ? 1 : 0
    case .add: result = left &+ right
    case .subtract: result = left &- right
    case .multiply: result = left &* right
    case .divide, .remainder:
      guard let quotient = divide(op, left, right, isUnsigned) else { return nil }
      result = quotient
    case .shiftLeft, .shiftRight:
      guard right >= 0, right < width else { return nil }
      if op == .shiftLeft {
        result = left << right
      } else {
        result = isUnsigned ? Int64(bitPattern: UInt64(bitPattern: left) >> UInt64(right)) : left >> right
      }
    case .bitAnd: result = left & right
    case .bitOr: result = left | right
    case .bitXor: result = left ^ right
    }
    return wrap(result, to: type)
  }

  private static func divide(
    _ op: BinaryOperator, _ left: Int64, _ right: Int64, _ isUnsigned: Bool
  ) -> Int64? {
    guard right != 0, isUnsigned || right != -1 else { return nil }
    if isUnsigned {
      let (dividend, divisor) = (UInt64(bitPattern: left), UInt64(bitPattern: right))
      return Int64(bitPattern: op == .divide ? dividend / divisor : dividend % divisor)
    }
    return op == .divide ? left / right : left % right
  }

  static func fold(_ op: UnaryOperator, _ operand: Int64, type: TypeShape) -> Int64? {
    switch op {
    case .minus: wrap(0 &- operand, to: type)
    case .bitNot: wrap(~operand, to: type)
    case .logicalNot: operand == 0 ? 1 : 0
    }
  }
}
