/// Terminal colours of a text report, the same ones clang uses.
public struct Style: Sendable {
  public var isColoured: Bool

  public init(isColoured: Bool) {
    self.isColoured = isColoured
  }

  public static let plain = Style(isColoured: false)

  enum Ink: String {
    case bold = "1"
    case red = "1;31"
    case magenta = "1;35"
    case cyan = "1;36"
    case green = "1;32"
    case faint = "2"
  }

  func paint(_ text: String, _ ink: Ink) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// `--color`: when a text report uses colours.
public enum ColorChoice: String, CaseIterable, Sendable {
  case auto
  case always
  case never

  /// `auto` follows the terminal, the NO_COLOR convention (no-color.org: set and not empty) and `TERM=dumb`.
  public func style(isTerminal: Bool, environment: [String: String]) -> Style {
    switch self {
    case .always: return Style(isColoured: true)
    case .never: return .plain
    case .auto:
      let refuses = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
      return Style(isColoured: isTerminal && !refuses && environment["TERM"] != "dumb")
    }
  }
}
