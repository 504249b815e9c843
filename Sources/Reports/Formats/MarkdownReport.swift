import Checks

/// A summary for the pages of build services (`$GITHUB_STEP_SUMMARY`) and comments: a table of findings, each with its
/// way to unfold, and the verdicts.
public struct MarkdownReport {
  private let context: ReportContext

  /// GitHub takes 1 MiB for a summary; more findings than this are counted.
  static let maximumFindings = 200

  public init(context: ReportContext) {
    self.context = context
  }

  public func render(_ result: RunResult) -> String {
    var output = "## spawnlint\n\n"
    output += Wording.summary(of: result).map { MarkdownText.escaped($0) + "\n" }.joined(separator: "\n")
    if !result.incomplete.isEmpty {
      output += "\n### Not understood completely\n\n"
      for unit in result.incomplete {
        output +=
          "- \(MarkdownText.code(context.tree.shown(unit.file))): \(MarkdownText.escaped(unit.message))\n"
      }
    }
    if !result.findings.isEmpty { output += findings(result.findings) }
    if !result.sites.isEmpty { output += "\n### Spawn sites\n\n" + sites(result.sites) }
    return output
  }

  /// The verdicts alone.
  public func renderSites(_ result: RunResult) -> String {
    let summary = Wording.summary(of: result).map { MarkdownText.escaped($0) + "\n" }.joined(separator: "\n")
    return "## spawnlint\n\n" + summary + (result.sites.isEmpty ? "" : "\n" + sites(result.sites))
  }

  private func findings(_ findings: [Finding]) -> String {
    var output = "\n### Findings\n\n| level | place | finding | check |\n| --- | --- | --- | --- |\n"
    let worstFirst = findings.sorted {
      $0.level == $1.level ? $0.location < $1.location : $0.level > $1.level
    }
    let shown = worstFirst.prefix(Self.maximumFindings)
    for finding in shown {
      let place = MarkdownText.cellCode(position(finding.location))
      output += "| \(finding.level.rawValue) | \(place) | \(MarkdownText.escaped(finding.message)) | "
      output += "\(MarkdownText.code(finding.check)) |\n"
    }
    if findings.count > shown.count { output += "\n…and \(findings.count - shown.count) more.\n" }
    for finding in shown where !finding.steps.isEmpty || finding.instead != nil {
      let title = HTMLText.escaped("\(position(finding.location)): \(finding.check)")
      output += "\n<details><summary>\(title)</summary>\n\n"
      for (index, step) in finding.steps.enumerated() {
        output +=
          "\(index + 1). \(MarkdownText.code(position(step.location))) \(MarkdownText.escaped(step.message))\n"
      }
      if let instead = finding.instead { output += "\nInstead: \(MarkdownText.escaped(instead))\n" }
      output += "\n</details>\n"
    }
    return output
  }

  private func sites(_ sites: [SiteReport]) -> String {
    var output = "| verdict | place | call | in | remarks |\n| --- | --- | --- | --- | --- |\n"
    for site in sites {
      let remarks = site.assumes.map { "assumes: \($0)" } + site.reasons
      output += "| \(site.verdict.rawValue) | \(MarkdownText.cellCode(position(site.location))) | "
      output += "\(MarkdownText.cellCode(site.call)) | \(MarkdownText.cellCode(site.function)) | "
      output += "\(MarkdownText.escaped(remarks.joined(separator: "; "))) |\n"
    }
    return output
  }

  private func position(_ location: Location) -> String {
    "\(context.tree.shown(location.file)):\(location.line)"
  }
}
