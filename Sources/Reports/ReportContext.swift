import Checks

/// What a report says beside the result: who wrote it, about which tree.
public struct ReportContext: Sendable {
  /// Version of spawnlint, `0.1.0`.
  public var toolVersion: String
  /// The libclang that read the sources.
  public var libraryVersion: String
  /// Pages of all checks.
  public var pages: [CheckPage]
  /// Root of the tree that URIs are relative to.
  public var tree: SourceTree
  public var exitStatus: ExitStatus

  public init(
    toolVersion: String, libraryVersion: String, pages: [CheckPage], tree: SourceTree, exitStatus: ExitStatus
  ) {
    self.toolVersion = toolVersion
    self.libraryVersion = libraryVersion
    self.pages = pages
    self.tree = tree
    self.exitStatus = exitStatus
  }
}

/// Formats of `check` and `sites`.
public enum ReportFormat: String, CaseIterable, Sendable {
  case text
  case sarif
  case json
}
