/// Text inside XML 1.0, whatever it holds.
enum XMLText {
  /// For element content and, with `inAttribute`, for quoted attribute values.
  ///
  /// Characters that XML 1.0 forbids even as references (section 2.2) appear as `<U+001B>`, as in the text report.
  static func escaped(_ text: String, inAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\r": result += "&#13;"
      case "\n", "\t":
        // In attributes a parser would turn them into blanks.
        if inAttribute { result += "&#\(scalar.value);" } else { result.unicodeScalars.append(scalar) }
      case "\"" where inAttribute: result += "&quot;"
      default:
        if isAllowed(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "&lt;U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "&gt;"
        }
      }
    }
    return result
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    // 0x7F to 0x9F are allowed and discouraged; a terminal obeys some of them.
    default: false
    }
  }
}

/// Writes indented XML: elements with attributes, text only in elements without children.
struct XMLWriter {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  typealias Attributes = KeyValuePairs<String, String>

  /// An element with what `body` writes inside.
  mutating func element(_ name: String, _ attributes: Attributes = [:], _ body: (inout XMLWriter) -> Void) {
    line("<\(name)\(Self.rendered(attributes))>")
    depth += 1
    body(&self)
    depth -= 1
    line("</\(name)>")
  }

  mutating func element(_ name: String, _ attributes: Attributes = [:], text content: String? = nil) {
    guard let content else {
      line("<\(name)\(Self.rendered(attributes))/>")
      return
    }
    line("<\(name)\(Self.rendered(attributes))>\(XMLText.escaped(content, inAttribute: false))</\(name)>")
  }

  /// What stands before the root element.
  mutating func prologue(_ content: String) {
    line(content)
  }

  private mutating func line(_ content: String) {
    text += String(repeating: "  ", count: depth) + content + "\n"
  }

  private static func rendered(_ attributes: Attributes) -> String {
    attributes.map { " \($0.key)=\"\(XMLText.escaped($0.value, inAttribute: true))\"" }.joined()
  }
}
