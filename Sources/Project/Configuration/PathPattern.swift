import Reports

/// Files by a pattern in the manner of `.gitignore`: one without a slash means any file or folder of that name,
/// one with a slash starts at the configuration's folder; a folder means all below it.
public struct PathPattern: Hashable, Sendable {
  public let text: String
  private let glob: Glob
  private let isAnchored: Bool
  private let meansFolder: Bool

  public init(_ text: String) {
    self.text = text
    var pattern = text
    meansFolder = pattern.hasSuffix("/")
    if meansFolder { pattern.removeLast() }
    isAnchored = pattern.contains("/")
    if pattern.hasPrefix("./") { pattern.removeFirst(2) }
    if pattern.hasPrefix("/") { pattern.removeFirst() }
    glob = Glob(pattern)
  }

  /// - Parameter path: relative to the configuration's folder.
  func matches(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    for count in 1...max(1, parts.count) where !(meansFolder && count == parts.count) {
      let candidate =
        isAnchored ? parts.prefix(count).joined(separator: "/") : String(parts.prefix(count).last ?? "")
      if glob.matches(candidate) { return true }
    }
    return false
  }
}
