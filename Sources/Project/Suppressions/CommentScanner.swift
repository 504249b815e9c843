/// A comment of a C file, with what stands around it.
struct Comment: Equatable {
  /// Without its delimiters.
  var text: [UInt8]
  /// Lines and columns count from 1, columns count bytes; the end is exclusive.
  var line: Int
  var column: Int
  var endLine: Int
  var endColumn: Int
  /// Code stands before it on its first line.
  var followsCode: Bool
  /// The first line after it with code on it; directives of the preprocessor are none.
  var nextCodeLine: Int?
  /// The line of the first `;`, `{` or `}` after it: where a declaration that begins there has its end.
  var declarationEnd: Int?
}

/// Finds the comments of C source that hold one of some words. Needs no valid C: what a literal leaves open
/// ends with its line.
struct CommentScanner {
  private let bytes: [UInt8]
  private let words: [[UInt8]]
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private var hasCode = false
  private var comments: [Comment] = []
  private var awaitingCode: [Int] = []
  private var awaitingEnd: [Int] = []

  private static let newline = UInt8(ascii: "\n")
  private static let slash = UInt8(ascii: "/")
  private static let star = UInt8(ascii: "*")
  private static let backslash = UInt8(ascii: "\\")

  /// All comments that contain one of `words`, in their order.
  static func comments(in bytes: [UInt8], holding words: [String]) -> [Comment] {
    let words = words.map { Array($0.utf8) }
    guard words.contains(where: { contains(bytes[...], $0) }) else { return [] }
    var scanner = CommentScanner(bytes, words)
    scanner.scan()
    return scanner.comments
  }

  private init(_ bytes: [UInt8], _ words: [[UInt8]]) {
    self.bytes = bytes
    self.words = words
  }

  private mutating func scan() {
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case Self.newline: newLine()
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0B, 0x0C: index += 1
      case Self.slash where peek(1) == Self.slash: lineComment()
      case Self.slash where peek(1) == Self.star: blockComment()
      case UInt8(ascii: "#") where !hasCode: directive()
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        code(byte)
        literal(until: byte)
      default:
        code(byte)
        index += 1
      }
    }
  }

  private func peek(_ distance: Int) -> UInt8? {
    index + distance < bytes.count ? bytes[index + distance] : nil
  }

  private mutating func newLine() {
    index += 1
    line += 1
    lineStart = index
    hasCode = false
  }

  private mutating func code(_ byte: UInt8) {
    hasCode = true
    for comment in awaitingCode { comments[comment].nextCodeLine = line }
    awaitingCode.removeAll(keepingCapacity: true)
    if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
      for comment in awaitingEnd { comments[comment].declarationEnd = line }
      awaitingEnd.removeAll(keepingCapacity: true)
    }
  }

  /// Up to the quote or the end of the line.
  private mutating func literal(until quote: UInt8) {
    index += 1
    while index < bytes.count, bytes[index] != Self.newline {
      let byte = bytes[index]
      index += 1
      if byte == quote { return }
      if byte == Self.backslash, index < bytes.count {
        if bytes[index] == Self.newline { newLine() } else { index += 1 }
        hasCode = true
      }
    }
  }

  /// Up to the end of its last line, or to a comment in it.
  private mutating func directive() {
    hasCode = true
    while index < bytes.count, bytes[index] != Self.newline {
      if bytes[index] == Self.slash, peek(1) == Self.slash || peek(1) == Self.star { return }
      if bytes[index] == Self.backslash, peek(1) == Self.newline {
        index += 1
        newLine()
        hasCode = true
      } else {
        index += 1
      }
    }
  }

  /// A backslash at its end continues it on the next line.
  private mutating func lineComment() {
    let start = Start(self)
    index += 2
    let first = index
    while index < bytes.count {
      if bytes[index] == Self.newline {
        guard isSplice(before: index) else { break }
        let isCode = hasCode
        newLine()
        hasCode = isCode
      } else {
        index += 1
      }
    }
    finish(start, text: first..<index)
  }

  private func isSplice(before end: Int) -> Bool {
    let last = end > 0 && bytes[end - 1] == UInt8(ascii: "\r") ? end - 2 : end - 1
    return last >= 0 && bytes[last] == Self.backslash
  }

  private mutating func blockComment() {
    let start = Start(self)
    index += 2
    let first = index
    let isCode = hasCode
    while index < bytes.count, !(bytes[index] == Self.star && peek(1) == Self.slash) {
      if bytes[index] == Self.newline { newLine() } else { index += 1 }
    }
    let last = index
    index = min(index + 2, bytes.count)
    if line == start.line { hasCode = isCode }
    finish(start, text: first..<last)
  }

  private struct Start {
    var line: Int
    var column: Int
    var followsCode: Bool

    init(_ scanner: CommentScanner) {
      line = scanner.line
      column = scanner.index - scanner.lineStart + 1
      followsCode = scanner.hasCode
    }
  }

  private mutating func finish(_ start: Start, text: Range<Int>) {
    guard words.contains(where: { Self.contains(bytes[text], $0) }) else { return }
    awaitingCode.append(comments.count)
    awaitingEnd.append(comments.count)
    comments.append(
      Comment(
        text: Array(bytes[text]), line: start.line, column: start.column, endLine: line,
        endColumn: index - lineStart + 1, followsCode: start.followsCode))
  }

  private static func contains(_ bytes: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
    guard let first = word.first, bytes.count >= word.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index + word.count <= bytes.count {
        guard bytes[index] == first else {
          index += 1
          continue
        }
        if word.indices.allSatisfy({ bytes[index + $0] == word[$0] }) { return true }
        index += 1
      }
      return false
    }
  }
}
