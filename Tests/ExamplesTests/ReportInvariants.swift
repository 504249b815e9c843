import Checks
import EmbeddedRules
import Foundation
import Reports

/// What holds of every result and its reports, whatever the example is about. `lines` names what does not.
struct ReportInvariants {
  private(set) var lines: [String] = []

  init(_ result: RunResult) throws {
    for finding in result.findings { check(finding, in: result) }
    for suppressed in result.suppressed {
      check(suppressed.finding, in: result)
      require(!suppressed.suppressions.isEmpty, suppressed.finding.location, "somebody accepted it")
    }
    for site in result.sites { check(site, in: result) }
    try checkReports(result)
  }

  private mutating func require(_ holds: Bool, _ place: Location, _ demand: String) {
    if !holds { lines.append("\(place.file):\(place.line):\(place.column): \(demand)") }
  }

  private mutating func check(_ finding: Finding, in result: RunResult) {
    let place = finding.location
    require(Self.isOneLine(finding.message), place, "the message is one line")
    require(finding.instead.map(Self.isOneLine) ?? true, place, "'instead' is one line")
    require(place.line > 0 && place.column > 0, place, "the place is known")
    // A finding about a comment has neither a way nor a cause.
    guard !finding.check.hasSuffix("-suppression") else { return }

    require(!finding.function.isEmpty, place, "the enclosing function is named")
    require(!finding.roles.isEmpty, place, "somebody executes it")

    require(!finding.spawnSites.isEmpty, place, "a spawn call leads to it")
    let sites = Set(result.sites.map(\.location))
    require(sites.isSuperset(of: finding.spawnSites), place, "its spawn calls are among the sites")

    require(!finding.causes.isEmpty, place, "it has a cause")
    if let worst = finding.causes.first {
      require(
        (worst.check, worst.level, worst.certainty) == (finding.check, finding.level, finding.certainty),
        place,
        "it is rated as its first cause")
    }
    require(finding.causes.allSatisfy { $0.level <= finding.level }, place, "no cause is worse")
    require(
      finding.causes.allSatisfy { Self.isOneLine($0.reason) && !$0.function.isEmpty }, place,
      "each cause has a reason and a function")
    require(Set(finding.causes).count == finding.causes.count, place, "each cause stands there once")

    let way = finding.steps
    require(way.allSatisfy { Self.isOneLine($0.message) }, place, "each step says something")
    require(
      way.contains { finding.spawnSites.contains($0.location) }, place, "the way leads through a spawn call")
    // What is wrong before the child exists begins where the parent went wrong.
    require(
      place == finding.spawnSites.first || finding.spawnSites.contains { $0 == way.first?.location }, place,
      "the way begins at a spawn call")
    require(way.contains { $0.location == place }, place, "the way leads through the place")
    require(way.last?.location == finding.causes.first?.location, place, "the way ends at the worst cause")
  }

  private mutating func check(_ site: SiteReport, in result: RunResult) {
    let findings = result.findings.filter { $0.spawnSites.contains(site.location) }
    require(
      findings.contains { $0.level >= .warning } == (site.verdict == .violations), site.location,
      "violations means a finding of level warning or above")
    if site.verdict == .unproven {
      require(!site.reasons.isEmpty || !findings.isEmpty, site.location, "unproven has a reason")
    }
    require(
      !site.call.isEmpty && !site.function.isEmpty, site.location, "the call and its function are named")
    require(
      site.externalCalls == Array(Set(site.externalCalls)).sorted(), site.location,
      "external calls are sorted, each once")
  }

  private mutating func checkReports(_ result: RunResult) throws {
    let place = Location(file: "report", line: 0, column: 0, endLine: 0, endColumn: 0)
    let context = ReportContext(
      toolVersion: "0", libraryVersion: "0", pages: try CheckPage.all(in: EmbeddedRules.checkFiles),
      tree: SourceTree(root: Example.package.path, workingDirectory: "/"),
      exitStatus: ExitStatus(result, failOn: .warning))

    var text = TextReport(source: SourceText(), style: .plain)
    let shown = text.render(result).split(separator: "\n")
    for finding in result.findings {
      let at = finding.location
      let line =
        "\(at.file):\(at.line):\(at.column): \(finding.level.rawValue): \(finding.message) [\(finding.check)]"
      require(shown.count { $0 == line } == 1, at, "the text has its line once")
    }

    let json = try Self.object(JSONReport(result, context: context).render())
    let findings = json?["findings"] as? [[String: Any]]
    require(
      findings?.map { $0["line"] as? Int } == result.findings.map(\.location.line), place,
      "JSON has every finding with its line")

    var report = SARIFReport(source: SourceText(), context: context)
    let runs = try Self.object(report.render(result))?["runs"] as? [[String: Any]]
    let results = runs?.first?["results"] as? [[String: Any]]
    require(
      results?.map { $0["ruleId"] as? String }
        == result.findings.map(\.check) + result.suppressed.map(\.finding.check), place,
      "SARIF has every finding with its check")
    require(
      results?.allSatisfy { $0["ruleIndex"] is Int } == true, place, "every check is among SARIF's rules")
  }

  private static func object(_ text: String) throws -> [String: Any]? {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }

  private static func isOneLine(_ text: String) -> Bool {
    !text.isEmpty && !text.contains { $0.isNewline }
  }
}
