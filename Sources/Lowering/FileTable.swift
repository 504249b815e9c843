import Clang
import SpawnIR

/// The files of a unit that spans speak of, numbered as they are met.
struct FileTable {
  private(set) var names: [String] = []
  private var numbers: [SourceFile: Int32] = [:]

  mutating func number(of file: SourceFile) -> Int32 {
    if let known = numbers[file] { return known }
    let name = file.name
    // Two handles may stand for one file.
    let number = names.firstIndex(of: name) ?? names.count
    if number == names.count { names.append(name) }
    numbers[file] = Int32(number)
    return Int32(number)
  }

  /// From the cursor's first character to the one after its last.
  mutating func span(of cursor: Cursor) -> SourceSpan {
    let extent = cursor.extent
    return span(from: extent.start, to: extent.end)
  }

  /// The closing brace of a compound statement.
  mutating func endSpan(of cursor: Cursor) -> SourceSpan {
    guard let end = cursor.extent.end.filePosition else { return span(of: cursor) }
    return SourceSpan(
      file: number(of: end.file), line: end.line, column: max(1, end.column - 1),
      endLine: end.line, endColumn: end.column)
  }

  /// A name: `length` bytes at the cursor's place.
  mutating func span(of cursor: Cursor, length: Int) -> SourceSpan {
    guard let start = cursor.location.filePosition else { return .unknown }
    return SourceSpan(
      file: number(of: start.file), line: start.line, column: start.column,
      endLine: start.line, endColumn: start.column + Int32(clamping: length))
  }

  private mutating func span(from start: SourceLocation, to end: SourceLocation) -> SourceSpan {
    guard let first = start.filePosition else { return .unknown }
    var result = SourceSpan(
      file: number(of: first.file), line: first.line, column: first.column,
      endLine: first.line, endColumn: first.column)
    // Where a macro is involved, both ends need not lie in one file or in order.
    if let last = end.filePosition, last.file == first.file, last.offset >= first.offset {
      result.endLine = last.line
      result.endColumn = last.column
    }
    return result
  }
}
