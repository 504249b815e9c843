/// Whether a call is all right in a child.
public enum Judgement: Hashable, Sendable {
  case allowed(source: String)
  case violation(check: String, certainty: Certainty, reason: String, source: String, instead: String?)
}

extension Platform {
  /// The standards that a libc promises to keep. A standard itself follows no other.
  var standards: [Platform] {
    switch self {
    case .posix2017, .posix2024: []
    case .glibc, .musl, .freebsd, .macos: [.posix2017, .posix2024]
    }
  }
}

/// Judges a call by what the catalogue says of the function; threads are not considered.
///
/// What is known of the context comes first, then whether the platform promises safety, then the rules
/// that soften a missing promise.
public func judge(_ entry: Entry, context: ChildContext, platform: Platform) -> Judgement {
  let rule = rule(of: entry, context: context, platform: platform)
  if let rule, rule.certainty == .harmful || rule.certainty == .forbidden {
    return violation(entry, rule, rule.certainty)
  }
  if let promise = promise(of: entry, on: platform) { return .allowed(source: promise.source) }
  switch rule?.certainty {
  case .allowed:
    return .allowed(source: rule?.source ?? "")
  case .unlisted where context != .vfork:
    if let rule { return violation(entry, rule, .unlisted) }
  default:
    break
  }
  let remark =
    entry.remarks.last { $0.platform == platform && !$0.isSafe }
    ?? entry.remarks.last { platform.standards.contains($0.platform) && !$0.isSafe }
  let sharesState = context == .vfork && entry.keepsUserState
  let reason =
    remark.map(ReasonCode.sentence)
    ?? "it is on no list of async-signal-safe functions of \(platform.rawValue)"
  return .violation(
    check: entry.check ?? Judgement.generalCheck,
    certainty: sharesState ? .harmful : .forbidden,
    reason: sharesState ? reason + "; it changes memory that the parent goes on using" : reason,
    source: remark?.source ?? platform.listSource, instead: entry.instead)
}

extension Judgement {
  /// Reports what no other check claims.
  public static let generalCheck = "child-unsafe-call"
}

/// The rule for a context. A raw fork's child is in all a fork's child and has fewer guarantees; where
/// nothing is said of it, what is said of `fork` holds.
private func rule(of entry: Entry, context: ChildContext, platform: Platform) -> CertaintyRule? {
  func find(_ context: ChildContext) -> CertaintyRule? {
    let rules = entry.certainties.filter { $0.context == context && $0.holds(on: platform) }
    return rules.first { !$0.platforms.isEmpty } ?? rules.first
  }
  return find(context) ?? (context == .rawFork ? find(.fork) : nil)
}

private func violation(_ entry: Entry, _ rule: CertaintyRule, _ certainty: Certainty) -> Judgement {
  .violation(
    check: rule.check ?? entry.check ?? Judgement.generalCheck, certainty: certainty,
    reason: rule.because, source: rule.source, instead: entry.instead)
}

/// Who promises that the function is async-signal-safe. The platform's own word comes first; what its
/// standard lists is safe unless the platform says no, and a preliminary no does not count.
private func promise(of entry: Entry, on platform: Platform) -> SafetyRemark? {
  if let own = entry.remarks.last(where: { $0.platform == platform && $0.isSafe }) { return own }
  let denied = entry.remarks.contains { $0.platform == platform && !$0.isSafe && !$0.isPreliminary }
  if denied { return nil }
  return entry.remarks.first { platform.standards.contains($0.platform) && $0.isSafe }
}

extension Platform {
  /// Where the list stands on which a function is missing.
  var listSource: String {
    switch self {
    case .posix2017: "POSIX.1-2017, System Interfaces 2.4.3"
    case .posix2024: "POSIX.1-2024, System Interfaces 2.4.3"
    case .glibc: "POSIX.1-2017, System Interfaces 2.4.3, and the GNU C Library manual"
    case .musl: "POSIX.1-2017, System Interfaces 2.4.3"
    case .freebsd: "FreeBSD sigaction(2)"
    case .macos: "macOS sigaction(2) and POSIX.1-2017, System Interfaces 2.4.3"
    }
  }
}
