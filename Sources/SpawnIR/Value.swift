/// A function or a variable of static storage duration, by name.
public struct Symbol: Hashable, Codable, Sendable {
  public let id: Name
  /// `static`: private to its unit.
  public var isStatic: Bool

  public init(_ name: String, isStatic: Bool = false) {
    self.init(Name(name), isStatic: isStatic)
  }

  public init(_ id: Name, isStatic: Bool = false) {
    self.id = id
    self.isStatic = isStatic
  }

  /// Called where something stands in the source that was not understood: nobody knows what it does.
  public static let lost = Symbol("<not-understood>")

  /// The linker's name. A block-scope `static int n` of `f` is named `f.n`.
  public var name: String { id.text }
}

/// A member of a structure or union. Anonymous members are flattened into their parent.
public struct Field: Hashable, Codable, Sendable {
  public var record: Name
  public var name: Name
  public var type: TypeShape

  public init(record: Name, name: Name, type: TypeShape) {
    self.record = record
    self.name = name
    self.type = type
  }
}

public enum UnaryOperator: UInt8, Hashable, Codable, Sendable, BitwiseCopyable {
  case minus
  case bitNot
  case logicalNot

  /// As written in C.
  public var text: String {
    switch self {
    case .minus: "-"
    case .bitNot: "~"
    case .logicalNot: "!"
    }
  }
}

/// `&&`, `||`, `?:` and `,` are control flow or sequencing and never appear here.
public enum BinaryOperator: UInt8, Hashable, Codable, Sendable, BitwiseCopyable {
  case add
  case subtract
  case multiply
  case divide
  case remainder
  case shiftLeft
  case shiftRight
  case bitAnd
  case bitOr
  case bitXor
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual
  case equal
  case notEqual

  /// As written in C.
  public var text: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .bitAnd: "&"
    case .bitOr: "|"
    case .bitXor: "^"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .equal: "=="
    case .notEqual: "!="
    }
  }

  public var isComparison: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    default: false
    }
  }
}

/// An expression without side effects: calls, assignments and short-circuits are instructions and
/// blocks before it, their results are read from temporaries.
public indirect enum Value: Hashable, Codable, Sendable {
  /// Integer, character, enumeration constants and null pointers.
  case integer(Int64)
  /// A string literal: a non-null pointer to constant memory.
  case string(String)
  /// A function used as a value.
  case function(Symbol)
  /// The object's value. Arrays do not appear here: they decay to `addressOf`.
  case load(Place)
  case addressOf(Place)
  case unary(UnaryOperator, Value)
  case binary(BinaryOperator, Value, Value)
  /// A conversion that can change the value: to `_Bool`, to a narrower or unsigned integer, between
  /// floating and integer. All others are transparent.
  case convert(TypeShape, Value)
  /// Not modelled (floating literals, `va_arg`, vectors …).
  case opaque(TypeShape)
}

/// An lvalue: what memory an access reaches.
public indirect enum Place: Hashable, Codable, Sendable {
  /// Index into `Function.variables`: parameter, local or temporary.
  case variable(Int)
  case global(Symbol)
  /// `*p`; `p->f` is `field(dereference(p), f)`.
  case dereference(Value)
  case field(Place, Field)
  /// `a[i]` of an array object; `p[i]` of a pointer is `element(dereference(p), i)`.
  case element(Place, Value)
}
