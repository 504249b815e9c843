/// Text made of fields: a separator between fields, a backslash before a separator that is part of
/// one. Separators nest: tab between properties, `;` between items, `|` between the fields of an item,
/// `,` between the words of a field. All are escaped at once, so that no level needs to know the others.
enum FieldText {
  static let property = UInt8(ascii: "\t")
  static let item = UInt8(ascii: ";")
  static let field = UInt8(ascii: "|")
  static let word = UInt8(ascii: ",")
  private static let escape = UInt8(ascii: "\\")

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\", ";", "|", ",":
        result.append("\\")
        result.unicodeScalars.append(character)
      case "\t": result.append("\\t")
      case "\n": result.append("\\n")
      case "\r": result.append("\\r")
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  static func unescaped(_ text: Substring) -> String {
    guard text.utf8.contains(escape) else { return String(text) }
    var result = ""
    var isEscaped = false
    for character in text.unicodeScalars {
      if isEscaped {
        isEscaped = false
        switch character {
        case "t": result.append("\t")
        case "n": result.append("\n")
        case "r": result.append("\r")
        default: result.unicodeScalars.append(character)
        }
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// The parts between unescaped separators; none for an empty text.
  static func split(_ text: Substring, at separator: UInt8) -> [Substring] {
    guard !text.isEmpty else { return [] }
    return parts(text, at: separator)
  }

  /// As `split`, but an empty text is one empty part.
  static func parts(_ text: Substring, at separator: UInt8) -> [Substring] {
    let bytes = text.utf8
    let ends = bytes.withContiguousStorageIfAvailable { separators(in: $0, separator) } ?? []
    var result: [Substring] = []
    result.reserveCapacity(ends.count + 1)
    var start = bytes.startIndex
    var offset = 0
    for end in ends {
      let index = bytes.index(start, offsetBy: end - offset)
      result.append(text[start..<index])
      start = bytes.index(after: index)
      offset = end + 1
    }
    result.append(text[start...])
    return result
  }

  /// Where separators stand that are not escaped.
  private static func separators(in bytes: UnsafeBufferPointer<UInt8>, _ separator: UInt8) -> [Int] {
    var found: [Int] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == escape {
        index += 1
      } else if bytes[index] == separator {
        found.append(index)
      }
      index += 1
    }
    return found
  }
}
