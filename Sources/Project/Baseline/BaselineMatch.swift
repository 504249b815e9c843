import Checks
import Foundation

/// Which findings of a run a baseline knows, and which of its entries occur no more.
struct BaselineMatch {
  /// Reasons of the known findings, by their index.
  private(set) var known: [Int: String] = [:]
  private(set) var knownSites: Set<Location> = []
  /// Entries without a finding, whose files the run read.
  private(set) var stale = Baseline.Stale()
  /// Entries without a finding, of which the run can tell nothing.
  private(set) var unseen = Baseline.Stale()

  /// - Parameters:
  ///   - exists: whether a file, named as the baseline names it, is there; without it, entries may belong to a
  ///     renamed one.
  ///   - wasRead: whether this run read the file: what it did not read it cannot miss.
  ///   - isLikelyNew: of several with the same marks, these are known last.
  init(
    _ baseline: Baseline, _ result: RunResult, folder: BaselineFolder, exists: (String) -> Bool,
    wasRead: (String) -> Bool, isLikelyNew: (Finding) -> Bool = { _ in false }
  ) {
    let marks = BaselineMarks(result, folder: folder)
    let order = result.findings.indices.map { (index: $0, isNew: isLikelyNew(result.findings[$0])) }
      .sorted {
        guard $0.isNew == $1.isNew else { return $1.isNew }
        return result.findings[$0.index].location < result.findings[$1.index].location
      }.map(\.index)
    let entries = Dictionary(
      uniqueKeysWithValues: result.findings.indices.map {
        ($0, marks.entry(result.findings[$0]))
      })
    var left = baseline.findings.map(\.count)
    func match(_ index: Int, _ accepts: (Baseline.Entry, Baseline.Entry) -> Bool) {
      guard known[index] == nil, let entry = entries[index] else { return }
      let found = baseline.findings.indices.first { left[$0] > 0 && accepts(baseline.findings[$0], entry) }
      guard let found else { return }
      left[found] -= 1
      known[index] = baseline.findings[found].reason ?? ""
    }
    for index in order {
      match(index) { $0.file == $1.file && $0.marks == $1.marks && $0.spawners == $1.spawners }
    }
    for index in order { match(index) { $0.file == $1.file && Self.agree($0, $1) } }
    let gone = Dictionary(
      uniqueKeysWithValues: Set(baseline.findings.map(\.file) + baseline.unproven.map(\.file)).map {
        ($0, !exists($0))
      })
    for index in order { match(index) { gone[$0.file] == true && Self.agree($0, $1) } }
    for (entry, count) in zip(baseline.findings, left) where count > 0 {
      let files = [entry.file] + entry.spawners.compactMap(\.file)
      if files.allSatisfy({ gone[$0] == true || !exists($0) || wasRead($0) }) {
        stale.findings[entry] = count
      } else {
        unseen.findings[entry] = count
      }
    }
    matchSites(baseline, result, marks, gone, wasRead)
  }

  private static func agree(_ left: Baseline.Entry, _ right: Baseline.Entry) -> Bool {
    guard left.marks == right.marks else { return false }
    if left.spawners.isEmpty, right.spawners.isEmpty { return true }
    return left.spawners.contains { spawner in
      right.spawners.contains { $0.function == spawner.function }
    }
  }

  private mutating func matchSites(
    _ baseline: Baseline, _ result: RunResult, _ marks: BaselineMarks, _ gone: [String: Bool],
    _ wasRead: (String) -> Bool
  ) {
    var left = baseline.unproven.map(\.count)
    let sites = result.sites.filter { $0.verdict == .unproven }.sorted { $0.location < $1.location }
    for allowsRenamed in [false, true] {
      for report in sites where !knownSites.contains(report.location) {
        let site = marks.site(report)
        let found = baseline.unproven.indices.first { index in
          let entry = baseline.unproven[index]
          guard left[index] > 0, entry.marks == site.marks else { return false }
          return allowsRenamed ? gone[entry.file] == true : entry.file == site.file
        }
        guard let found else { continue }
        left[found] -= 1
        knownSites.insert(report.location)
      }
    }
    for (entry, count) in zip(baseline.unproven, left) where count > 0 {
      if gone[entry.file] == true || wasRead(entry.file) {
        stale.unproven[entry] = count
      } else {
        unseen.unproven[entry] = count
      }
    }
  }
}

extension Baseline {
  func match(_ result: RunResult, folder: BaselineFolder) -> BaselineMatch {
    let files = Set(result.readFiles.map(folder.relative))
    return BaselineMatch(
      self, result, folder: folder,
      exists: { FileManager.default.fileExists(atPath: folder.absolute($0)) }, wasRead: files.contains)
  }

  /// The result with what is known among the suppressed findings.
  public func applied(to result: RunResult, folder: BaselineFolder) -> RunResult {
    let match = match(result, folder: folder)
    var applied = result
    applied.findings = []
    for (index, finding) in result.findings.enumerated() {
      if let reason = match.known[index] {
        applied.suppressed.append(
          SuppressedFinding(
            finding: finding,
            suppressions: [Suppression(kind: .external, reason: reason, location: nil)]))
      } else {
        applied.findings.append(finding)
      }
    }
    applied.suppressed.sort { $0.finding.location < $1.finding.location }
    applied.knownSites = match.knownSites.sorted()
    applied.staleBaseline = match.stale.lines
    return applied
  }
}
