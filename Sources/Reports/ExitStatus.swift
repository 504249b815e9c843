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

  func isReached(by result: RunResult) -> Bool {
    let threshold: Level
    switch self {
    case .note: threshold = .note
    case .warning, .unproven: threshold = .warning
    case .error: threshold = .error
    case .never: return false
    }
    if result.findings.contains(where: { $0.level >= threshold }) { return true }
    return self == .unproven && result.sites.contains { $0.verdict == .unproven }
  }
}
