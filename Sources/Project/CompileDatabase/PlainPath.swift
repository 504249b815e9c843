/// Paths as text, without a look at the file system.
enum PlainPath {
  /// The path from the root, without `.`, `..` and doubled slashes; a link is no obstacle to `..`, as for
  /// clang's tools.
  static func absolute(_ path: String, in directory: String) -> String {
    var parts: [Substring] = []
    let full = path.utf8.first == UInt8(ascii: "/") ? path[...] : (directory + "/" + path)[...]
    for part in full.utf8.split(separator: UInt8(ascii: "/")) {
      switch Substring(part) {
      case ".": continue
      case "..": _ = parts.popLast()
      case let name: parts.append(name)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// What stands before the last slash; `/` for names in the root.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> Substring {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
    return path[path.utf8.index(after: slash)...]
  }
}
