/// As much of a C type as the analysis needs: how a value of it can be compared, whether memory
/// behind it may be written.
public struct TypeShape: Hashable, Codable, Sendable {
  public enum Kind: Hashable, Codable, Sendable {
    case void
    case bool
    /// Width in bits.
    case signed(Int)
    case unsigned(Int)
    case pointer
    case functionPointer
    /// The record's tag, typedef or, for anonymous ones, a name unique in the unit.
    case record(Name)
    case array
    case floating
    case other
  }
  public var kind: Kind
  public var isVolatile: Bool
  public var isConst: Bool
  /// For pointers and arrays: the pointee (element) is `const`.
  public var pointeeIsConst: Bool
  /// For pointers: the pointee is `volatile`.
  public var pointeeIsVolatile = false

  public init(_ kind: Kind, isVolatile: Bool = false, isConst: Bool = false, pointeeIsConst: Bool = false) {
    self.kind = kind
    self.isVolatile = isVolatile
    self.isConst = isConst
    self.pointeeIsConst = pointeeIsConst
  }

  public static let int = TypeShape(.signed(32))
  public static let other = TypeShape(.other)
  public static let void = TypeShape(.void)

  /// A value of this type is never negative.
  public var isNonNegative: Bool {
    switch kind {
    case .bool, .unsigned, .pointer, .functionPointer, .array: true
    default: false
    }
  }

  public var isPointerLike: Bool {
    switch kind {
    case .pointer, .functionPointer, .array: true
    default: false
    }
  }

  public var isRecord: Bool {
    if case .record = kind { return true }
    return false
  }
}
