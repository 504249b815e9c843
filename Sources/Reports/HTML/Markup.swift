/// HTML under construction. What is interpolated as text is escaped; only other markup is taken as it is.
struct Markup: ExpressibleByStringInterpolation, Sendable {
  private(set) var text: String

  init(stringLiteral value: String) {
    text = value
  }

  init(stringInterpolation: StringInterpolation) {
    text = stringInterpolation.text
  }

  /// - Parameter text: markup that this program wrote.
  init(trusted text: String) {
    self.text = text
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) {
      text += literal
    }

    mutating func appendInterpolation(_ value: String) {
      text += HTMLText.escaped(value)
    }

    mutating func appendInterpolation(_ value: Int) {
      text += String(value)
    }

    mutating func appendInterpolation(_ value: Markup) {
      text += value.text
    }

    mutating func appendInterpolation(_ values: [Markup]) {
      for value in values { text += value.text }
    }
  }

  static func + (left: Markup, right: Markup) -> Markup { "\(left)\(right)" }

  static func += (left: inout Markup, right: Markup) {
    left.text += right.text
  }
}

extension [Markup] {
  func joined(_ separator: String) -> Markup {
    Markup(trusted: map(\.text).joined(separator: separator))
  }
}
