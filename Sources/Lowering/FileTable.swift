import Clang
import SpawnIR

/// The files of a unit that spans speak of, numbered as they are met, and their lines.
struct FileTable {
  private struct File {
    var number: Int32
    /// Offset of each line's first byte.
    var lines: [Int32]
  }

  private(set) var names: [String] = []
  private let unit: TranslationUnit
  private var files: [SourceFile: Int] = [:]
  private var known: [File] = []
  /// Most places lie in the file of the one before.
  private var last: (file: SourceFile, index: Int)?

  init(unit: TranslationUnit) {
    self.unit = unit
  }

  /// From the cursor's first character to the one after its last.
  mutating func span(of cursor: Cursor) -> SourceSpan {
    let extent = cursor.extent
    return span(from: extent.start, to: extent.end)
  }

  /// The closing brace of a compound statement.
  mutating func endSpan(of cursor: Cursor) -> SourceSpan {
    guard let end = cursor.extent.end.fileOffset else { return span(of: cursor) }
    let index = index(of: end.file)
    return span(index, from: max(0, end.offset - 1), to: end.offset)
  }

  /// A name: `length` bytes at the cursor's place.
  mutating func span(of cursor: Cursor, length: Int) -> SourceSpan {
    guard let start = cursor.location.fileOffset else { return .unknown }
    let index = index(of: start.file)
    return span(index, from: start.offset, to: start.offset + length)
  }

  private mutating func span(from start: SourceLocation, to end: SourceLocation) -> SourceSpan {
    guard let first = start.fileOffset else { return .unknown }
    let index = index(of: first.file)
    // Where a macro is involved, both ends need not lie in one file or in order.
    if let last = end.fileOffset, last.file == first.file, last.offset >= first.offset {
      return span(index, from: first.offset, to: last.offset)
    }
    return span(index, from: first.offset, to: first.offset)
  }

  private func span(_ index: Int, from start: Int, to end: Int) -> SourceSpan {
    let lines = known[index].lines
    let first = Self.line(of: start, in: lines, from: 0)
    let last = Self.line(of: end, in: lines, from: first)
    return SourceSpan(
      file: known[index].number, line: Int32(first + 1), column: Int32(start) - lines[first] + 1,
      endLine: Int32(last + 1), endColumn: Int32(end) - lines[last] + 1)
  }

  /// The last line that starts at or before `offset`, at or after line `from`.
  private static func line(of offset: Int, in lines: [Int32], from: Int) -> Int {
    let wanted = Int32(offset)
    // The end is nearly always in the same line.
    if from > 0, from + 1 >= lines.count || lines[from + 1] > wanted { return from }
    var low = from
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle] <= wanted { low = middle } else { high = middle }
    }
    return low
  }

  private mutating func index(of file: SourceFile) -> Int {
    if let last, last.file == file { return last.index }
    let index = files[file] ?? open(file)
    last = (file, index)
    return index
  }

  private mutating func open(_ file: SourceFile) -> Int {
    let name = file.name
    // Two handles may stand for one file.
    let number = names.firstIndex(of: name) ?? names.count
    if number == names.count { names.append(name) }
    let lines = unit.withContents(of: file) { bytes in
      var lines: [Int32] = [0]
      for index in bytes.indices
      where bytes[index] == 10 || (bytes[index] == 13 && !Self.isFollowed(bytes, index)) {
        lines.append(Int32(clamping: index + 1))
      }
      return lines
    }
    known.append(File(number: Int32(number), lines: lines))
    files[file] = known.count - 1
    return known.count - 1
  }

  /// A carriage return ends a line unless a line feed does.
  private static func isFollowed(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index + 1] == 10
  }
}
