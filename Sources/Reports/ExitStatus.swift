import Checks

/// What a run tells the shell.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Nothing at or above the threshold.
  case success = 0
  case findings = 1
  /// A usage or configuration error; nothing was analysed.
  case usage = 2
  /// A unit could not be read completely and there is nothing else to tell.
  case incomplete = 3

  /// Findings outrank incompleteness, which outranks success.
  public init(_ result: RunResult, failOn: FailOn) {
    if failOn.isReached(by: result) {
      self = .findings
    } else {
      self = result.incomplete.isEmpty ? .success : .incomplete
    }
  }
}

/// `--fail-on`: from where on a run counts as failed.
public enum FailOn: String, CaseIterable, Sendable {
  case note
  case warning
  case error
  /// As `warning`, and any spawn site that is not proven either way.
  case unproven
  case never

  func isReached(by level: Level) -> Bool {
    switch self {
    case .note: true
    case .warning, .unproven: level >= .warning
    case .error: level >= .error
    case .never: false
    }
  }

  func isReached(by result: RunResult) -> Bool {
    if result.findings.contains(where: { isReached(by: $0.level) }) { return true }
    return self == .unproven
      && result.sites.contains { $0.verdict == .unproven && !result.knownSites.contains($0.location) }
  }
}
