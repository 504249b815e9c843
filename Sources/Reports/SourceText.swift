import Checks
import Foundation

/// Lines of source files as bytes, read once each. A file that cannot be read has no lines.
public struct SourceText: Sendable {
  private let read: @Sendable (String) -> [UInt8]?
  private var files: [String: Lines] = [:]

  private struct Lines {
    var bytes: [UInt8]
    /// Offset of each line's first byte.
    var starts: [Int]
    var hashes: [String]?
  }

  /// `read` gives a file's bytes; nil when there is no such file.
  public init(read: @escaping @Sendable (String) -> [UInt8]?) {
    self.read = read
  }

  /// Reads from disk; `overrides` are texts that stand in no file (standard input).
  public init(overrides: [String: String] = [:]) {
    self.init { path in
      if let text = overrides[path] { return Array(text.utf8) }
      return FileManager.default.contents(atPath: path).map { Array($0) }
    }
  }

  /// GitHub's fingerprint of a line; nil where there is no such line.
  mutating func lineHash(_ number: Int, of file: String) -> String? {
    load(file)
    guard let lines = files[file], number >= 1, number <= lines.starts.count else { return nil }
    let hashes = lines.hashes ?? LineHash.all(of: lines.bytes)
    files[file]?.hashes = hashes
    return number <= hashes.count ? hashes[number - 1] : nil
  }

  /// 0 where there is no such file.
  mutating func lineCount(of file: String) -> Int {
    load(file)
    return files[file]?.starts.count ?? 0
  }

  private mutating func load(_ file: String) {
    if files[file] == nil { files[file] = Self.split(read(file) ?? []) }
  }

  /// The line's bytes without its end; lines count from 1.
  mutating func line(_ number: Int, of file: String) -> ArraySlice<UInt8>? {
    load(file)
    guard let lines = files[file], number >= 1, number <= lines.starts.count else { return nil }
    let start = lines.starts[number - 1]
    var end = number < lines.starts.count ? lines.starts[number] : lines.bytes.count
    while end > start, lines.bytes[end - 1] == 0x0A || lines.bytes[end - 1] == 0x0D { end -= 1 }
    return lines.bytes[start..<end]
  }

  /// What stands between two places, the end of the first and the start of the second; nil where that is not known, or
  /// not UTF-8.
  mutating func text(from first: Location, to second: Location) -> String? {
    load(first.file)
    guard let lines = files[first.file], first.file == second.file,
      lines.starts.indices.contains(first.endLine - 1), lines.starts.indices.contains(second.line - 1)
    else { return nil }
    let start = lines.starts[first.endLine - 1] + first.endColumn - 1
    let end = lines.starts[second.line - 1] + second.column - 1
    guard start <= end, end <= lines.bytes.count else { return nil }
    return String(validating: lines.bytes[start..<end], as: UTF8.self)
  }

  private static func split(_ bytes: [UInt8]) -> Lines {
    guard !bytes.isEmpty else { return Lines(bytes: [], starts: []) }
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A && offset + 1 < bytes.count {
      starts.append(offset + 1)
    }
    return Lines(bytes: bytes, starts: starts)
  }
}
