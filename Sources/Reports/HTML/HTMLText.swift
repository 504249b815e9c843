/// Text inside HTML, whatever it holds.
enum HTMLText {
  /// For element content and quoted attribute values.
  ///
  /// Characters that steer (controls, and the format characters that turn the direction of text) appear as `<U+202E>`, as
  /// in the text report.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "&lt;U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "&gt;"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}
