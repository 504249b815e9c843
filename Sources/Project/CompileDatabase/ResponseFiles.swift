import Foundation

/// `@file` in a command line: gcc and clang put the words of that file in its place. Files that are not
/// there leave the word as it is, as the compilers do.
struct ResponseFiles {
  /// Where relative names start.
  let directory: String
  /// Files that name each other in a circle end somewhere; clang's own limit is of this order.
  private static let depth = 16
  /// A build's flags take kilobytes; what is far larger is no list of flags.
  private static let largestFile = 4 << 20

  func expand(_ words: [String]) -> [String] { expand(words, depth: Self.depth) }

  private func expand(_ words: [String], depth: Int) -> [String] {
    guard depth > 0, words.contains(where: { $0.hasPrefix("@") }) else { return words }
    return words.flatMap { word -> [String] in
      guard word.hasPrefix("@"), word.count > 1, let text = text(of: String(word.dropFirst())) else {
        return [word]
      }
      return expand(ShellWords.split(text), depth: depth - 1)
    }
  }

  private func text(of name: String) -> String? {
    let path = PlainPath.absolute(name, in: directory)
    // A pipe or a device would never end.
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType == .typeRegular
        || attributes[.type] as? FileAttributeType == .typeSymbolicLink,
      let handle = FileHandle(forReadingAtPath: path)
    else { return nil }
    defer { try? handle.close() }
    var status = stat()
    guard fstat(handle.fileDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= Self.largestFile, let data = try? handle.readToEnd()
    else { return nil }
    return String(decoding: data, as: UTF8.self)
  }
}
