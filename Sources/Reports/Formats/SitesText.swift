import Checks

/// Every spawn site with its verdict and the evidence for it.
public struct SitesText {
  public var style: Style
  public var isQuiet: Bool

  public init(style: Style, isQuiet: Bool = false) {
    self.style = style
    self.isQuiet = isQuiet
  }

  public func render(_ result: RunResult) -> String {
    var output = ""
    for unit in result.incomplete {
      let line = unit.location.map { ":\($0.line):\($0.column)" } ?? ""
      output += style.paint((unit.location?.file ?? unit.file) + line + ":", .bold)
      output += " \(style.paint("error:", .red)) \(unit.message) [incomplete]\n"
    }
    for site in result.sites { output += render(site, in: result) }
    if !isQuiet {
      for line in Wording.summary(of: result) { output += line + "\n" }
    }
    return output
  }

  private func render(_ site: SiteReport, in result: RunResult) -> String {
    let place = "\(site.location.file):\(site.location.line):\(site.location.column):"
    var output = style.paint(place, .bold) + " " + style.paint(site.verdict.rawValue + ":", ink(site.verdict))
    output += " \(site.call) in '\(site.function)'\n"
    if !site.assumes.isEmpty { output += "  assumes: \(site.assumes.joined(separator: ", "))\n" }
    for reason in site.reasons { output += "  because: \(reason)\n" }
    for finding in result.findings where finding.spawnSites.contains(site.location) {
      let place = "\(finding.location.file):\(finding.location.line):\(finding.location.column)"
      output += "  \(finding.level.rawValue): \(place): \(finding.message) [\(finding.check)]\n"
    }
    for suppressed in result.suppressed where suppressed.finding.spawnSites.contains(site.location) {
      let finding = suppressed.finding
      let place = "\(finding.location.file):\(finding.location.line):\(finding.location.column)"
      let reasons = suppressed.suppressions.map { Wording.suppression($0) }.joined(separator: "; ")
      output += "  not counted: \(place): \(finding.message) [\(finding.check)]; \(reasons)\n"
    }
    if site.verdict == .verified {
      let calls = site.externalCalls.isEmpty ? ["nothing"] : site.externalCalls
      output += Self.wrapped("  the child can call:", words: calls, indent: "    ")
    }
    return output
  }

  private func ink(_ verdict: Verdict) -> Style.Ink {
    switch verdict {
    case .violations: .red
    case .unproven: .magenta
    case .verified: .green
    }
  }

  /// Breaks between words before column 100.
  private static func wrapped(_ prefix: String, words: [String], indent: String) -> String {
    var lines = [prefix]
    for word in words {
      if lines[lines.count - 1].count + 1 + word.count > 100 {
        lines.append(indent + word)
      } else {
        lines[lines.count - 1] += " " + word
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
