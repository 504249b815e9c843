import Checks

/// The decisions of comments and configuration, as the checks ask for them.
struct RunPolicy: FindingPolicy {
  var suppressions: Suppressions

  func treatment(of check: String, level: Level, at place: PolicyPlace, cause: PolicyPlace) -> Treatment {
    let allowances = suppressions.allowances(for: check, at: place, cause: cause)
    return allowances.isEmpty ? .report(level) : .allowed(allowances)
  }
}
