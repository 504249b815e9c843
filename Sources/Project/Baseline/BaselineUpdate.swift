import Checks

/// A baseline brought up to date with a run.
public struct BaselineUpdate {
  public private(set) var baseline: Baseline
  /// `12 findings recorded, 3 of them new; 2 entries dropped`.
  public private(set) var summary: String

  /// - Parameters:
  ///   - older: nil where there is none yet.
  ///   - prunes: only drop what occurs no more.
  public init(_ result: RunResult, older: Baseline?, folder: BaselineFolder, prunes: Bool) {
    let match = (older ?? Baseline()).match(result, folder: folder)
    let stale = match.stale.count
    let dropped = "\(stale) \(stale == 1 ? "entry" : "entries") dropped"
    guard let older else {
      baseline = Baseline(result, folder: folder)
      summary = "\(Self.findings(baseline.findingCount)) recorded"
      return
    }
    if prunes {
      baseline = older.pruned(match.stale)
      summary = "\(Self.findings(baseline.findingCount)) left; \(dropped)"
    } else {
      baseline = Baseline(result, folder: folder)
      baseline.keepReasons(of: older)
      baseline.keep(match.unseen)
      summary =
        "\(Self.findings(baseline.findingCount)) recorded, \(result.findings.count - match.known.count) of them new; \(dropped)"
    }
  }

  private static func findings(_ count: Int) -> String { count == 1 ? "1 finding" : "\(count) findings" }
}
