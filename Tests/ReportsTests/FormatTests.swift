import Checks
import TestSupport
import Testing

@testable import Reports

/// The same result in every format, compared whole.
@Suite struct FormatTests {
  @Test func text() throws {
    var report = TextReport(source: Sample.source, style: .plain)
    try expectText(report.render(Sample.result), "check.txt")
  }

  @Test func colouredText() throws {
    var report = TextReport(source: Sample.source, style: Style(isColoured: true))
    try expectText(report.render(Sample.result), "check-colour.txt")
  }

  @Test func quietText() throws {
    var report = TextReport(source: Sample.source, style: .plain, isQuiet: true)
    try expectText(report.render(Sample.result), "check-quiet.txt")
  }

  @Test func textWithoutSource() throws {
    var report = TextReport(source: SourceText { _ in nil }, style: .plain)
    try expectText(report.render(Sample.result), "check-no-source.txt")
  }

  @Test func textOfNothing() {
    var report = TextReport(source: Sample.source, style: .plain)
    #expect(
      report.render(Sample.empty)
        == "no findings; no spawn sites; 1 file, platform posix-2017, threads possible (library code: there is no main)\n"
    )
  }

  @Test func manyCausesAreCounted() {
    var finding = Sample.shared
    let cause = finding.causes[0]
    finding.causes = (0..<20).map { index in
      var other = cause
      other.callee = "function\(index)"
      return other
    }
    finding.spawnSites = (0..<12).map { Sample.place("src/other.c", 10 + $0, 3...9) }
    var report = TextReport(source: Sample.source, style: .plain)
    let lines = report.render(finding).split(separator: "\n")
    // The worst one is told as the end of the way.
    #expect(lines.count { $0.contains("' in 'report', forbidden") } == 7)
    #expect(lines.contains { $0.hasSuffix("and 12 more: --format json lists all") })
    #expect(lines.count { $0.hasSuffix("a child of this spawn site comes here too") } == 8)
    #expect(
      lines.contains { $0.hasSuffix("and children of 4 more spawn sites: --format json lists all") })
  }

  /// One construct that children of both kinds execute is one line: the worst case.
  @Test func causeOfSeveralRolesIsShownOnce() {
    var finding = Sample.shared
    var other = finding.causes[0]
    other.role = .forkChild
    other.reason = "another reason"
    finding.causes.insert(other, at: 1)
    var report = TextReport(source: Sample.source, style: .plain)
    let text = report.render(finding)
    #expect(text.contains("it may allocate"))
    #expect(!text.contains("another reason"))
  }

  /// Source lines stand at the place and at both ends of the way.
  @Test func longWayIsOneLineForEachStep() {
    var finding = Sample.shared
    let middle = (0..<6).map {
      Step(location: Sample.place("src/log.c", 1, ($0 + 1)...($0 + 2)), message: "calls 'f\($0)'")
    }
    finding.steps.insert(contentsOf: middle, at: 2)
    finding.instead = "write"
    var report = TextReport(source: Sample.source, style: .plain)
    let lines = report.render(finding).split(separator: "\n")
    #expect(lines.count { $0.contains("^") } == 3)
    #expect(lines.count { $0.contains("note: calls 'f") } == 6)
    #expect(lines.last?.hasSuffix("note: instead: write") == true)
  }

  @Test func sitesText() throws {
    try expectText(SitesText(style: .plain).render(Sample.result), "sites.txt")
  }

  @Test func longListsOfCallsWrap() {
    var result = Sample.empty
    result.sites = [Sample.sites[0]]
    result.sites[0].externalCalls = (0..<40).map { "function\($0)" }
    let lines = SitesText(style: .plain, isQuiet: true).render(result).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(lines.joined(separator: " ").split(separator: " ").count { $0.hasPrefix("function") } == 40)
  }

  @Test func json() throws {
    try expectText(JSONReport(Sample.result, context: try Sample.context()).render(), "check.json")
  }

  @Test func sitesJSON() throws {
    let report = JSONReport(Sample.result, context: try Sample.context(), withFindings: false)
    try expectText(report.render(), "sites.json")
  }

  @Test func sarif() throws {
    var report = SARIFReport(source: Sample.source, context: try Sample.context())
    try expectText(report.render(Sample.result), "check.sarif")
  }

  @Test func sitesSARIF() throws {
    var report = SARIFReport(source: Sample.source, context: try Sample.context())
    try expectText(report.render(Sample.result, view: .sites), "sites.sarif")
  }

  /// Every format but text, of findings and of nothing.
  @Test(arguments: ReportFormat.allCases.filter { ![.text, .json, .sarif].contains($0) })
  func others(_ format: ReportFormat) throws {
    let report = Report(Sample.result, view: .findings, context: try Sample.context(), source: Sample.source)
    try expectText(Self.withoutAssets(report.render(format)), "check.\(format.rawValue)")
    let none = Report(Sample.empty, view: .findings, context: try Sample.context(), source: Sample.source)
    try expectText(Self.withoutAssets(none.render(format)), "nothing.\(format.rawValue)")
  }

  /// Style and script of a page are files of their own.
  static func withoutAssets(_ text: String) -> String {
    var text = text
    for (start, end) in [
      ("<style>", "</style>"), ("<script>", "</script>"), ("sha256-", "'"), ("sha256-", "'"),
    ] {
      guard let first = text.firstRange(of: start) else { continue }
      guard let last = text[first.upperBound...].firstRange(of: end) else { continue }
      text.replaceSubrange(first.lowerBound..<last.lowerBound, with: start == "sha256-" ? "sha-256" : "<cut>")
    }
    return text
  }

  @Test func sitesMarkdown() throws {
    let report = Report(Sample.result, view: .sites, context: try Sample.context(), source: Sample.source)
    try expectText(report.render(.markdown), "sites.markdown")
  }

  @Test func rulesText() throws {
    let pages = try Sample.pages()
    let text = RulesText(style: .plain)
    try expectText(text.table(pages) + text.render(pages[0]), "rules.txt")
  }

  @Test func rulesMarkdown() throws {
    let pages = try Sample.pages()
    try expectText(RulesMarkdown().table(pages) + RulesMarkdown().render(pages[0]), "rules.md")
  }

  @Test func rulesJSON() throws {
    try expectText(RulesJSON(try Sample.pages()).render(), "rules.json")
  }
}
