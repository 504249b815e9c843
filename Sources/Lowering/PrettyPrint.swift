/// What only clang's own print of a declaration tells: there macros are expanded and every part is named.
struct PrettyPrint {
  /// Which parts a `for` has.
  struct ForHeader: Equatable {
    var hasInit: Bool
    var hasCondition: Bool
    var hasIncrement: Bool

    var count: Int { (hasInit ? 1 : 0) + (hasCondition ? 1 : 0) + (hasIncrement ? 1 : 0) }
  }

  private let text: [UInt8]

  init(_ text: String) {
    self.text = Array(text.utf8)
  }

  /// All `for` statements in the order of their keywords.
  var forHeaders: [ForHeader] {
    var found: [ForHeader] = []
    scan { word, open in
      guard word == "for" else { return }
      let parts = split(from: open, at: UInt8(ascii: ";")).map(\.isBlank)
      guard parts.count == 3 else { return }
      found.append(ForHeader(hasInit: !parts[0], hasCondition: !parts[1], hasIncrement: !parts[2]))
    }
    return found
  }

  /// The type names of each `_Generic`'s arms (`default` for that one), in order.
  var genericLabels: [[String]] {
    var found: [[String]] = []
    scan { word, open in
      guard word == "_Generic" else { return }
      let arms = split(from: open, at: UInt8(ascii: ",")).dropFirst()
      found.append(
        arms.map { arm in
          let label = arm.text.prefix { $0 != UInt8(ascii: ":") }
          return String(decoding: label, as: UTF8.self).trimmingSpaces
        })
    }
    return found
  }

  /// All `asm` statements in order; a label and attributes of declarations are none.
  var assemblies: [AssemblyText] {
    var found: [AssemblyText] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        index = endOfQuoted(at: index)
      } else if isWordStart(byte) {
        let end = endOfWord(at: index)
        let isStatement =
          text[index..<end].elementsEqual("asm".utf8)
          && text[..<index].last { $0 != UInt8(ascii: " ") }.map { Self.statementStarts.contains($0) } == true
        index = end
        if isStatement, let statement = assembly(after: &index) { found.append(statement) }
      } else {
        index += 1
      }
    }
    return found
  }

  /// A statement follows a line's end, a brace, a parenthesis or a label; a declarator's label does not.
  private static let statementStarts = Set("\n;{}:".utf8)

  /// `volatile goto ("…" : outputs : inputs : clobbers : labels)`.
  private func assembly(after index: inout Int) -> AssemblyText? {
    var statement = AssemblyText(template: "")
    while index < text.count, text[index] != UInt8(ascii: "(") {
      guard isWordStart(text[index]) else {
        guard text[index] == UInt8(ascii: " ") else { return nil }
        index += 1
        continue
      }
      let end = endOfWord(at: index)
      if text[index..<end].elementsEqual("volatile".utf8) { statement.isVolatile = true }
      if text[index..<end].elementsEqual("goto".utf8) { statement.isGoto = true }
      index = end
    }
    guard index < text.count else { return nil }
    index += 1
    let parts = split(from: index, at: UInt8(ascii: ":"))
    guard let template = parts.first else { return nil }
    statement.template = String(decoding: template.text, as: UTF8.self).trimmingSpaces
    statement.template.removeFirst(statement.template.hasPrefix("\"") ? 1 : 0)
    statement.template.removeLast(statement.template.hasSuffix("\"") ? 1 : 0)
    if parts.count > 1, !parts[1].isBlank {
      let end = parts[1].text.endIndex
      statement.outputCount = split(from: parts[1].text.startIndex, to: end, at: UInt8(ascii: ",")).count
    }
    if parts.count > 3 {
      statement.clobbersMemory = String(decoding: parts[3].text, as: UTF8.self).contains("\"memory\"")
    }
    index = parts.last.map(\.text.endIndex) ?? index
    return statement
  }

  /// The operand of an attribute, e.g. `cleanup(f)` gives `f`, `alias("g")` gives `g`.
  func attribute(_ name: String) -> String? {
    var found: String?
    scan { word, open in
      guard found == nil, word == name || word == "__\(name)__" else { return }
      let operand = split(from: open, at: UInt8(ascii: ",")).first
      let text = operand.map { String(decoding: $0.text, as: UTF8.self).trimmingSpaces }
      found = text.map { $0.hasPrefix("\"") ? String($0.dropFirst().dropLast()) : $0 }
    }
    return found
  }

  /// The declared function itself, not one of its parameters, is said not to return.
  var saysNoReturn: Bool {
    var index = 0
    var parentheses = 0
    // Parentheses of attributes belong to the declaration itself.
    var attributeDepth: Int?
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") {
        index = endOfQuoted(at: index)
        continue
      }
      if byte == UInt8(ascii: "(") {
        parentheses += 1
      } else if byte == UInt8(ascii: ")") {
        parentheses -= 1
        if let depth = attributeDepth, parentheses <= depth { attributeDepth = nil }
      } else if isWordStart(byte) {
        let end = endOfWord(at: index)
        let word = text[index..<end]
        if parentheses == 0, word.elementsEqual("__attribute__".utf8) { attributeDepth = 0 }
        let isNoReturn =
          word.elementsEqual("noreturn".utf8) || word.elementsEqual("_Noreturn".utf8)
          || word.elementsEqual("__noreturn__".utf8)
        if isNoReturn, parentheses == 0 || attributeDepth != nil { return true }
        index = end
        continue
      }
      index += 1
    }
    return false
  }

  func contains(word: String) -> Bool {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        index = endOfQuoted(at: index)
      } else if isWordStart(byte) {
        let end = endOfWord(at: index)
        if text[index..<end].elementsEqual(word.utf8) { return true }
        index = end
      } else {
        index += 1
      }
    }
    return false
  }

  // MARK: Lexing

  private struct Part {
    var text: ArraySlice<UInt8>
    var isBlank: Bool { text.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") } }
  }

  /// Calls `body` for each word that a parenthesis follows, with the place after the parenthesis.
  private func scan(_ body: (String, Int) -> Void) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        index = endOfQuoted(at: index)
      } else if isWordStart(byte) {
        let end = endOfWord(at: index)
        var next = end
        while next < text.count, text[next] == UInt8(ascii: " ") { next += 1 }
        if next < text.count, text[next] == UInt8(ascii: "(") {
          body(String(decoding: text[index..<end], as: UTF8.self), next + 1)
        }
        index = end
      } else {
        index += 1
      }
    }
  }

  /// The parts up to the closing parenthesis, or up to `limit`, separated at this level.
  private func split(from start: Int, to limit: Int? = nil, at separator: UInt8) -> [Part] {
    var parts: [Part] = []
    var depth = 0
    var begin = start
    var index = start
    let limit = limit ?? text.count
    while index < limit {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        index = endOfQuoted(at: index)
        continue
      case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 {
          parts.append(Part(text: text[begin..<index]))
          return parts
        }
        depth -= 1
      default:
        if byte == separator, depth == 0 {
          parts.append(Part(text: text[begin..<index]))
          begin = index + 1
        }
      }
      index += 1
    }
    if limit < text.count { parts.append(Part(text: text[begin..<limit])) }
    return parts
  }

  private func endOfQuoted(at start: Int) -> Int {
    var index = start + 1
    while index < text.count, text[index] != text[start] {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index + 1
  }

  private func endOfWord(at start: Int) -> Int {
    var index = start
    while index < text.count, isWordStart(text[index]) || (text[index] >= 48 && text[index] <= 57) {
      index += 1
    }
    return index
  }

  private func isWordStart(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
      || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var part = self[...]
    while let first = part.first, first.isWhitespace { part.removeFirst() }
    while let last = part.last, last.isWhitespace { part.removeLast() }
    return String(part)
  }
}
