import Clang

/// Whether a call stands in a file as it is written, so that its text can be changed.
public struct WrittenCall: Hashable, Sendable {
  /// Of the call's first character; lines and columns count from 1, columns count bytes.
  public var line: Int
  public var column: Int
  /// Of the function called.
  public var name: String
  /// Must be declared before the function around the call.
  public var function: String
  /// Must be defined.
  public var macros: [String]

  public init(line: Int, column: Int, name: String, function: String, macros: [String]) {
    self.line = line
    self.column = column
    self.name = name
    self.function = function
    self.macros = macros
  }

  public enum Answer: Sendable {
    /// The code is not compiled.
    case absent
    /// It is there, but a macro made it, or what it needs is not known there.
    case bound
    case free
  }
}

extension FrontEnd {
  /// - Returns: an answer for each call, and the bytes of the file that they are right for.
  public func answers(
    _ calls: [WrittenCall], file: String, flags: [String], directory: String?, contents: String?
  ) throws(FrontEndError) -> (answers: [WrittenCall.Answer], bytes: [UInt8]) {
    try parse(file: file, flags: flags, directory: directory, contents: contents, recordsMacros: true) {
      unit, _ in
      var search = WrittenCallSearch(calls)
      search.run(unit)
      return (search.answers, search.bytes)
    }
  }
}

private struct WrittenCallSearch {
  let calls: [WrittenCall]
  private(set) var answers: [WrittenCall.Answer]
  private(set) var bytes: [UInt8] = []
  private var offsets: [Int?] = []
  private var macros: Set<String> = []
  /// Offsets in the main file.
  private var expansions: [Range<Int>] = []
  private var declared: Set<String> = []

  init(_ calls: [WrittenCall]) {
    self.calls = calls
    answers = calls.map { _ in .absent }
  }

  mutating func run(_ unit: TranslationUnit) {
    let wanted = Set(calls.flatMap { $0.macros + [$0.name, $0.function] })
    for cursor in unit.cursor.children {
      switch cursor.kind {
      case .macroDefinition:
        let name = cursor.spelling
        if wanted.contains(name) { macros.insert(name) }
      case .macroExpansion:
        if let range = mainRange(cursor) { expansions.append(range) }
      case .function:
        if let range = mainRange(cursor) {
          load(cursor, unit)
          look(into: cursor, range)
        }
        let name = cursor.spelling
        if wanted.contains(name) { declared.insert(name) }
      default: break
      }
    }
  }

  private func mainRange(_ cursor: Cursor) -> Range<Int>? {
    let extent = cursor.extent
    guard extent.start.isInMainFile, let start = extent.start.fileOffset, let end = extent.end.fileOffset,
      start.file == end.file, start.offset <= end.offset
    else { return nil }
    return start.offset..<end.offset
  }

  private mutating func load(_ cursor: Cursor, _ unit: TranslationUnit) {
    guard offsets.isEmpty, let file = cursor.extent.start.fileOffset?.file else { return }
    bytes = unit.withContents(of: file) { Array($0) }
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
    offsets = calls.map { call in
      starts.indices.contains(call.line - 1) ? starts[call.line - 1] + call.column - 1 : nil
    }
  }

  private mutating func look(into function: Cursor, _ range: Range<Int>) {
    let inside = calls.indices.filter { index in offsets[index].map(range.contains) ?? false }
    guard !inside.isEmpty else { return }
    for index in inside where expansions.contains(where: { $0.contains(offsets[index] ?? -1) }) {
      answers[index] = .bound
    }
    for call in function.descendants(where: { $0.kind == .call }) {
      guard let range = mainRange(call) ?? start(call) else { continue }
      for index in inside where offsets[index] == range.lowerBound {
        let isRight = call.referenced?.spelling == calls[index].name && isFree(index, range)
        answers[index] = answers[index] == .absent && isRight ? .free : .bound
      }
    }
  }

  private func start(_ cursor: Cursor) -> Range<Int>? {
    cursor.extent.start.fileOffset.map { $0.offset..<$0.offset }
  }

  private func isFree(_ index: Int, _ range: Range<Int>) -> Bool {
    let call = calls[index]
    guard range.count > call.name.utf8.count else { return false }
    let isExpanded = expansions.contains { $0.contains(range.upperBound - 1) }
    return !isExpanded && !macros.contains(call.name) && !macros.contains(call.function)
      && declared.contains(call.function) && macros.isSuperset(of: call.macros)
      && bytes[range].starts(with: Array(call.name.utf8))
  }
}
