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
  public var failOn: FailOn
  /// SARIF leaves out what somebody accepted: for services that show it as open.
  public var omitsSuppressed = false
  /// What is not among the suppressed findings is new.
  public var hasBaseline = false

  public init(
    toolVersion: String, libraryVersion: String, pages: [CheckPage], tree: SourceTree, exitStatus: ExitStatus,
    failOn: FailOn = .warning
  ) {
    self.toolVersion = toolVersion
    self.libraryVersion = libraryVersion
    self.pages = pages
    self.tree = tree
    self.exitStatus = exitStatus
    self.failOn = failOn
  }
}
