import Clang
import Foundation

/// Finds macros that stand at a function's declaration and expand to nothing, so that no cursor shows
/// them: gnulib's `_GL_ASYNC_SAFE`. Reads the source text of declarations, and only in files that
/// mention such a name.
struct MarkerMacros {
  /// A macro at a function, or at one of its parameters.
  struct Mark: Hashable {
    var name: String
    var parameter: Int?
  }

  private let names: Set<String>
  private var mentioningFiles: [SourceFile: Bool] = [:]

  init(_ names: Set<String>) { self.names = names }

  mutating func marks(at function: Cursor, in unit: TranslationUnit) -> [Mark] {
    guard !names.isEmpty, let name = function.location.fileOffset,
      mentions(name.file, isMainFile: function.location.isInMainFile, unit)
    else { return [] }
    let start = function.extent.start.fileOffset
    let first = start.map { $0.file == name.file && $0.offset <= name.offset ? $0.offset : name.offset }
    return unit.withContents(of: name.file) { bytes in
      let text = SourceBytes(bytes)
      return before(first ?? name.offset, text) + after(first ?? name.offset, name: name.offset, text)
    }
  }

  private mutating func mentions(_ file: SourceFile, isMainFile: Bool, _ unit: TranslationUnit) -> Bool {
    if let known = mentioningFiles[file] { return known }
    func isMentioned(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
      names.contains { SourceBytes(bytes).mention($0) }
    }
    let result =
      isMainFile ? unit.withContents(of: file, isMentioned) : unit.withBytes(of: file, isMentioned)
    mentioningFiles[file] = result
    return result
  }

  /// Words that stand before a declaration's first token: macros all.
  private func before(_ start: Int, _ text: SourceBytes) -> [Mark] {
    var result: [Mark] = []
    var end = start
    while let word = text.wordBefore(&end) {
      if names.contains(word) { result.append(Mark(name: word, parameter: nil)) }
    }
    return result
  }

  /// From the first token to the body or the semicolon. What stands in the parentheses after the name
  /// belongs to parameters.
  private func after(_ start: Int, name: Int, _ text: SourceBytes) -> [Mark] {
    var result: [Mark] = []
    var depth = 0
    var parameter: Int?
    var hadParameters = false
    var index = start
    while let token = text.token(&index) {
      switch token {
      case .word(let word, let offset):
        guard names.contains(word) else { continue }
        if offset < name || depth == 0 || parameter != nil {
          result.append(Mark(name: word, parameter: parameter))
        }
      case .mark(UInt8(ascii: "(")):
        if depth == 0, index > name, !hadParameters {
          hadParameters = true
          parameter = 0
        }
        depth += 1
      case .mark(UInt8(ascii: ")")):
        depth -= 1
        if depth <= 0 { parameter = nil }
      case .mark(UInt8(ascii: ",")):
        if depth == 1, let current = parameter { parameter = current + 1 }
      case .mark(UInt8(ascii: ";")), .mark(UInt8(ascii: "{")), .mark(UInt8(ascii: "=")):
        return result
      case .mark: break
      }
    }
    return result
  }
}

/// C source text, read as far as declarations need it.
struct SourceBytes {
  enum Token {
    case word(String, offset: Int)
    /// Any other character; literals are left out.
    case mark(UInt8)
  }

  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Whether these characters occur anywhere.
  func mention(_ word: String) -> Bool {
    var word = word
    return word.withUTF8 { wanted in
      guard let first = wanted.first, let all = bytes.baseAddress, let needle = wanted.baseAddress else {
        return false
      }
      var start = 0
      while start + wanted.count <= bytes.count,
        let hit = memchr(all + start, Int32(first), bytes.count - start - wanted.count + 1)
      {
        if memcmp(hit, needle, wanted.count) == 0 { return true }
        start = UnsafeRawPointer(hit) - UnsafeRawPointer(all) + 1
      }
      return false
    }
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }

  /// The next token, without comments, literals and preprocessor lines.
  func token(_ index: inout Int) -> Token? {
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if isBlank(byte) {
        index += 1
      } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
        index += 2
        while index < bytes.count,
          !(bytes[index] == UInt8(ascii: "/") && bytes[index - 1] == UInt8(ascii: "*"))
        {
          index += 1
        }
        index += 1
      } else if (byte == UInt8(ascii: "/") && next == UInt8(ascii: "/")) || isDirective(index) {
        skipLine(&index)
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        index += 1
        while index < bytes.count, bytes[index] != byte {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index += 1
      } else if isWord(byte) {
        let start = index
        while index < bytes.count, isWord(bytes[index]) { index += 1 }
        return .word(String(decoding: bytes[start..<index], as: UTF8.self), offset: start)
      } else {
        index += 1
        return .mark(byte)
      }
    }
    return nil
  }

  /// The word that ends before `end`, with blanks and comments between; nil at anything else.
  func wordBefore(_ end: inout Int) -> String? {
    while end > 0 {
      let byte = bytes[end - 1]
      if isBlank(byte) {
        if byte == UInt8(ascii: "\n"), isOtherLine(endingAt: end - 1) { return nil }
        end -= 1
      } else if byte == UInt8(ascii: "/"), end >= 4, bytes[end - 2] == UInt8(ascii: "*") {
        var start = end - 4
        while start > 0, !(bytes[start] == UInt8(ascii: "/") && bytes[start + 1] == UInt8(ascii: "*")) {
          start -= 1
        }
        end = start
      } else if isWord(byte) {
        let last = end
        while end > 0, isWord(bytes[end - 1]) { end -= 1 }
        return String(decoding: bytes[end..<last], as: UTF8.self)
      } else {
        return nil
      }
    }
    return nil
  }

  /// A preprocessor line, or one with a comment to its end.
  private func isOtherLine(endingAt end: Int) -> Bool {
    var start = end
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    let line = bytes[start..<end]
    if line.first(where: { !isBlank($0) }) == UInt8(ascii: "#") { return true }
    return line.indices.dropLast().contains { index in
      line[index] == UInt8(ascii: "/") && line[index + 1] == UInt8(ascii: "/")
    }
  }

  private func isDirective(_ index: Int) -> Bool {
    guard bytes[index] == UInt8(ascii: "#") else { return false }
    var before = index
    while before > 0, bytes[before - 1] != UInt8(ascii: "\n") {
      if !isBlank(bytes[before - 1]) { return false }
      before -= 1
    }
    return true
  }

  private func skipLine(_ index: inout Int) {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      // A backslash continues the line.
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
  }
}
