import Catalogue
import Checks

/// Words shared by the formats, so that each is said in one place only.
enum Wording {
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// `2 errors, 1 warning`; `no findings`.
  static func findings(_ findings: [Finding]) -> String {
    let parts = Level.allCases.reversed().compactMap { level -> String? in
      let number = findings.count { $0.level == level }
      return number == 0 ? nil : count(number, level.rawValue)
    }
    return parts.isEmpty ? "no findings" : parts.joined(separator: ", ")
  }

  /// `3 spawn sites: 1 violations, 2 verified`.
  static func sites(_ sites: [SiteReport]) -> String {
    guard !sites.isEmpty else { return "no spawn sites" }
    let order: [Verdict] = [.violations, .unproven, .verified]
    let parts = order.compactMap { verdict -> String? in
      let number = sites.count { $0.verdict == verdict }
      return number == 0 ? nil : "\(number) \(verdict.rawValue)"
    }
    return count(sites.count, "spawn site") + ": " + parts.joined(separator: ", ")
  }

  static func hidden(_ result: RunResult) -> String? {
    guard result.hiddenSingleThreaded > 0 else { return nil }
    return count(result.hiddenSingleThreaded, "finding")
      + " hidden: the process is single-threaded (\(result.threadsReason)): --threads yes shows "
      + (result.hiddenSingleThreaded == 1 ? "it" : "them")
  }

  /// `3 findings allowed by comments, 12 known from the baseline`.
  static func suppressed(_ result: RunResult) -> String? {
    let known = result.suppressed.count { $0.suppressions.contains { $0.kind == .external } }
    let allowed = result.suppressed.count - known
    var parts: [String] = []
    if allowed > 0 { parts.append(count(allowed, "finding") + " allowed by comments") }
    if known > 0 {
      parts.append((parts.isEmpty ? count(known, "finding") : String(known)) + " known from the baseline")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// `12 findings not concerned by the changes`.
  static func outsideChanges(_ result: RunResult) -> String? {
    guard result.outsideChanges > 0 else { return nil }
    return count(result.outsideChanges, "finding") + " not concerned by the changes"
  }

  /// The way and what else belongs to a finding, one line each; `path` says how files are named.
  static func notes(of finding: Finding, path: (String) -> String) -> [String] {
    var notes = finding.steps.map { "\(path($0.location.file)):\($0.location.line): \($0.message)" }
    if !finding.variants.isEmpty { notes.append(variants(finding.variants)) }
    if let instead = finding.instead { notes.append("instead: " + instead) }
    return notes
  }

  /// Who accepted a finding, and why: `allowed at a.c:12: reason`.
  static func suppression(_ suppression: Suppression, path: (String) -> String = { $0 }) -> String {
    let place = suppression.location.map { " at \(path($0.file)):\($0.line)" } ?? ""
    let who = suppression.kind == .inSource ? "allowed" + place : "known from the baseline"
    return who + (suppression.reason.isEmpty ? "" : ": " + suppression.reason)
  }

  static func variants(_ names: [String]) -> String {
    (names.count == 1 ? "only in variant " : "only in variants ") + names.joined(separator: ", ")
  }

  /// What the reader must know about the run as a whole, one statement a line.
  static func summary(of result: RunResult) -> [String] {
    var lines = [
      findings(result.findings) + "; " + sites(result.sites) + "; "
        + count(result.unitCount, "file") + ", platform \(result.platform.rawValue), "
        + (result.threadsPossible ? "threads possible" : "single-threaded") + " (\(result.threadsReason))"
    ]
    if let hidden = hidden(result) { lines.append(hidden) }
    if let suppressed = suppressed(result) { lines.append(suppressed) }
    if let outside = outsideChanges(result) { lines.append(outside) }
    if !result.staleBaseline.isEmpty {
      let entries = count(result.staleBaseline.count, "entry", plural: "entries")
      lines.append(
        "\(entries) of the baseline \(result.staleBaseline.count == 1 ? "occurs" : "occur") no more;"
          + " 'spawnlint baseline --prune' drops \(result.staleBaseline.count == 1 ? "it" : "them"):")
      lines += result.staleBaseline.map { "  " + $0 }
    }
    if !result.incomplete.isEmpty {
      lines.append(
        count(result.incomplete.count, "file")
          + " not understood completely; what was understood is analysed, the rest is not vouched for")
    }
    return lines
  }

  /// A cause in the list below a finding: `'vsnprintf' in 'report', forbidden: it may allocate (…)`.
  static func cause(_ cause: Cause) -> String {
    let subject = cause.callee.map { "'\($0)' " } ?? ""
    return "\(subject)in '\(cause.function)', \(cause.certainty.rawValue): \(cause.reason)\(source(cause))"
  }

  /// What is left to say of a cause whose reason stands in the finding's message.
  static func evidence(_ cause: Cause) -> String {
    cause.certainty.rawValue + source(cause)
  }

  private static func source(_ cause: Cause) -> String {
    cause.source.isEmpty ? "" : " (\(cause.source))"
  }
}
