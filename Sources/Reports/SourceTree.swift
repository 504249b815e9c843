import Foundation

/// The tree that paths in a report are relative to: the repository around the working directory, or that
/// directory itself.
public struct SourceTree: Sendable, Equatable {
  /// Absolute, without a slash at the end (`/` itself is empty).
  public let root: String
  /// What relative paths start from; absolute.
  public let workingDirectory: String

  public init(root: String, workingDirectory: String) {
    self.root = Self.normalised(root)
    self.workingDirectory = Self.normalised(workingDirectory)
  }

  /// Looks upwards for `.git` (a directory, or a file in a worktree).
  public static func around(_ directory: String) -> SourceTree {
    let start = normalised(directory)
    var candidate = start
    while !candidate.isEmpty {
      if FileManager.default.fileExists(atPath: candidate + "/.git") {
        return SourceTree(root: candidate, workingDirectory: start)
      }
      candidate = String(candidate[..<(candidate.lastIndex(of: "/") ?? candidate.startIndex)])
    }
    return SourceTree(root: start, workingDirectory: start)
  }

  /// The path inside the tree; nil for a file outside of it.
  package func relative(_ path: String) -> String? {
    let full = absolute(path)
    guard full.hasPrefix(root + "/") else { return nil }
    return String(full.dropFirst(root.count + 1))
  }

  /// The path as reports for machines name it: inside the tree relative to it.
  func shown(_ path: String) -> String { relative(path) ?? absolute(path) }

  package func absolute(_ path: String) -> String {
    Self.normalised(path.hasPrefix("/") ? path : workingDirectory + "/" + path)
  }

  /// RFC 3986: all but unreserved characters and the separator are percent-encoded, byte by byte.
  static func percentEncoded(_ path: String) -> String {
    var encoded = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }

  /// Resolves `.`, `..` and doubled slashes by text alone: a symbolic link keeps its name.
  private static func normalised(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        if !parts.isEmpty { parts.removeLast() }
      } else {
        parts.append(part)
      }
    }
    return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
  }
}
