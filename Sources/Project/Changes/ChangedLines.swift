import Checks

/// The files that a commit and the working tree do not share, with their new lines.
struct ChangedFiles: Equatable, Sendable {
  struct File: Equatable, Sendable {
    /// Relative to the root of the repository; nil where the file is gone.
    var path: String?
    /// The path in the commit; nil where the file is new.
    var oldPath: String?
    /// Lines of the new file that the old one does not have.
    var lines: [ClosedRange<Int>] = []
  }

  var files: [File]

  /// - Parameters:
  ///   - status: the output of `git diff --name-status -z`.
  ///   - patch: the output of `git diff --unified=0`; its files have the same order.
  init(status: String, patch: String) {
    files = Self.files(status)
    var index = -1
    for line in patch.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("diff --git ") {
        index += 1
      } else if line.hasPrefix("@@ "), files.indices.contains(index), let range = Self.range(line) {
        files[index].lines.append(range)
      }
    }
  }

  private static func files(_ status: String) -> [File] {
    var files: [File] = []
    var words = status.split(separator: "\0", omittingEmptySubsequences: true).map(String.init)[...]
    while let letter = words.popFirst() {
      guard let first = words.popFirst() else { break }
      switch letter.first {
      case "A": files.append(File(path: first, oldPath: nil))
      case "D": files.append(File(path: nil, oldPath: first))
      case "R", "C": files.append(File(path: words.popFirst(), oldPath: first))
      default: files.append(File(path: first, oldPath: first))
      }
    }
    return files
  }

  /// `@@ -1,2 +3,4 @@` → 3...6; nil where lines are only gone.
  private static func range(_ header: Substring) -> ClosedRange<Int>? {
    guard let match = header.firstMatch(of: /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/),
      let start = Int(match.1)
    else { return nil }
    let count = match.2.flatMap { Int($0) } ?? 1
    return count > 0 ? start...(start + count - 1) : nil
  }
}

/// Which lines of the working tree are new.
struct ChangedLines: Sendable {
  /// By absolute path.
  private var lines: [String: [ClosedRange<Int>]] = [:]
  /// Files that are new as a whole.
  private var whole: Set<String> = []

  init(_ changes: ChangedFiles, root: String) {
    for file in changes.files {
      guard let path = file.path else { continue }
      if file.oldPath == nil {
        whole.insert(root + "/" + path)
      } else {
        lines[root + "/" + path] = file.lines
      }
    }
  }

  /// - Parameter path: absolute.
  func touch(_ path: String, _ range: ClosedRange<Int>) -> Bool {
    whole.contains(path) || (lines[path] ?? []).contains { $0.overlaps(range) }
  }
}
