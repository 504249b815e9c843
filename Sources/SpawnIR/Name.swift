import Synchronization

/// An identifier of the program under analysis, kept once: names are compared, hashed and copied far more often
/// than they are shown. Nothing may depend on the order of their numbers.
public struct Name: Hashable, Sendable, BitwiseCopyable {
  /// Differs between runs.
  public let number: Int32

  public init(_ text: String) {
    number = Self.known.withLock { $0.number(of: text) }
  }

  public var text: String {
    Self.known.withLock { $0.texts[Int(number)] }
  }

  private struct Table: ~Copyable {
    var texts: [String] = []
    private var numbers: [String: Int32] = [:]

    mutating func number(of text: String) -> Int32 {
      if let known = numbers[text] { return known }
      let number = Int32(texts.count)
      texts.append(text)
      numbers[text] = number
      return number
    }
  }

  private static let known = Mutex(Table())
}

extension Name: Codable {
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension Name: CustomStringConvertible {
  public var description: String { text }
}

extension Name: ExpressibleByStringInterpolation {
  public init(stringLiteral text: String) { self.init(text) }
}
