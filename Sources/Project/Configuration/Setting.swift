/// Where a value of the configuration comes from.
public enum Origin: Hashable, Sendable, CustomStringConvertible {
  case builtIn
  case file(String, line: Int)
  /// An option of the command line, with its dashes.
  case option(String)

  public var description: String {
    switch self {
    case .builtIn: "default"
    case .file(let path, let line): "\(path):\(line)"
    case .option(let name): name
    }
  }
}

/// A value of the configuration with its origin.
public struct Setting<Value: Sendable>: Sendable {
  public private(set) var value: Value
  public private(set) var origin: Origin

  init(_ value: Value) {
    self.value = value
    origin = .builtIn
  }

  public mutating func set(_ value: Value, from origin: Origin) {
    self.value = value
    self.origin = origin
  }

  /// As `set` where the option was given.
  public mutating func set(_ value: Value?, option: String) {
    if let value { set(value, from: .option(option)) }
  }
}
