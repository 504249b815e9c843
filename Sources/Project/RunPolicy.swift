import Checks
import Reports

/// The decisions of comments and configuration, as the checks ask for them.
struct RunPolicy: FindingPolicy {
  var suppressions: Suppressions
  /// The last one that matches counts.
  var rules: [CheckRule]
  /// What the rules' paths are relative to.
  var tree: SourceTree

  /// Nothing is decided.
  var isTrivial: Bool { suppressions.isEmpty && rules.isEmpty }

  /// A comment comes before the configuration, so that it is not called unused where a check is switched off.
  func treatment(of check: String, level: Level, at place: PolicyPlace, cause: PolicyPlace) -> Treatment {
    let allowances = suppressions.allowances(for: check, at: place, cause: cause)
    guard allowances.isEmpty else { return .allowed(allowances) }
    guard let ruling = ruling(of: check, in: place.location.file) else { return .report(level) }
    return ruling.level.map(Treatment.report) ?? .off
  }

  /// Findings that the checks did not make, at the levels that the rules demand.
  func ruled(_ findings: [Finding]) -> [Finding] {
    findings.compactMap { finding in
      guard let ruling = ruling(of: finding.check, in: finding.location.file) else { return finding }
      guard let level = ruling.level else { return nil }
      var finding = finding
      finding.level = level
      return finding
    }
  }

  private func ruling(of check: String, in file: String) -> CheckRuling? {
    rules.last { rule in
      guard Glob(rule.check).matches(check) else { return false }
      guard !rule.paths.isEmpty else { return true }
      return tree.relative(file).map { path in rule.paths.contains { $0.matches(path) } } ?? false
    }?.ruling
  }
}
