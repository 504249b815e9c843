import Checks
import EmbeddedRules
import Foundation
import Project
import Testing

/// Runs every example and compares exactly: a line without a comment has no finding.
@Suite struct ExamplesTests {
  @Test(arguments: Example.all)
  func findsWhatItsCommentsSay(_ example: Example) throws {
    var expected: [String: Expectations] = [:]
    var options: [String] = []
    for file in example.files {
      let expectations = try Expectations(parsing: String(contentsOf: file, encoding: .utf8))
      expected[file.path] = expectations
      options += expectations.options
    }
    let folder = example.files[0].deletingLastPathComponent()
    let parsed = try ExampleOptions(options, folder: folder)
    let units = try example.units(flags: parsed.flags)
    let result = try Run.perform(units: units, options: parsed.run)
    let difference = ExampleDifference(expected: expected, result: result)
    #expect(difference.lines.isEmpty, "\(example.name)\n\(difference.lines.joined(separator: "\n"))")
    let violated = try ReportInvariants(result).lines
    #expect(violated.isEmpty, "\(example.name)\n\(violated.joined(separator: "\n"))")
  }

  /// The levels that a page promises are those that its example gets.
  @Test(arguments: CheckPageTests.ids)
  func levelsAreThoseOfThePage(_ id: String) throws {
    let page = try #require(try CheckPage.page(id, in: EmbeddedRules.checkFiles))
    let file = Example.package.appendingPathComponent("Rules/checks/\(id)/bad.c").path
    let result = try Run.perform(units: [SourceUnit(file: file, flags: [])], options: RunOptions())
    for finding in result.findings where finding.check == id {
      let ruling =
        finding.causes.first?.role == .vforkChild
        ? page.levels.vfork : result.threadsPossible ? page.levels.fork : page.levels.singleThreaded
      // A page that names exceptions speaks of them in words.
      guard ruling.but == nil else { continue }
      #expect(finding.level == ruling.level, "\(id), line \(finding.location.line)")
      #expect(finding.certainty.rawValue == ruling.certainty, "\(id), line \(finding.location.line)")
    }
  }

  @Test func thereAreExamples() {
    for folder in Example.folders {
      #expect(Example.all.contains { $0.name.hasPrefix(folder + "/") }, "no example below \(folder)")
    }
    #expect(Example.all.contains { $0.files.count > 1 }, "no program of several files")
  }
}

/// What differs between comments and result, readable.
struct ExampleDifference {
  private(set) var lines: [String] = []

  init(expected: [String: Expectations], result: RunResult) {
    let found = Dictionary(grouping: result.findings) { Self.path($0.location.file) }
    for file in Set(expected.keys).union(found.keys).sorted() {
      let wanted = (expected[file] ?? Expectations()).findings.sorted()
      let actual = (found[file] ?? []).map {
        Expectations.Finding(line: $0.location.line, check: $0.check, callee: $0.callee ?? "-")
      }
      let name = URL(fileURLWithPath: file).lastPathComponent
      for finding in Self.subtract(actual, from: wanted) { lines.append("missing    \(name) \(finding)") }
      for finding in Self.subtract(wanted, from: actual).sorted() {
        lines.append("unexpected \(name) \(finding)")
      }
      compareSites(name: name, expected: expected[file]?.sites ?? [:], in: file, result: result)
      let isIncomplete = result.incomplete.contains { Self.path($0.file) == file }
      if isIncomplete != (expected[file]?.isIncomplete ?? false) {
        let message =
          result.incomplete.first { Self.path($0.file) == file }?.message ?? "nothing was reported"
        lines.append("\(isIncomplete ? "unexpectedly" : "not") incomplete: \(name): \(message)")
      }
    }
  }

  private mutating func compareSites(
    name: String, expected: [Int: String], in file: String, result: RunResult
  ) {
    let sites = result.sites.filter { Self.path($0.location.file) == file }
    for (line, verdict) in expected.sorted(by: { $0.key < $1.key }) {
      let here = sites.filter { $0.location.line == line }
      if here.isEmpty {
        lines.append("missing    \(name) line \(line): a spawn site, \(verdict)")
      }
      for site in here where site.verdict.rawValue != verdict {
        let reasons = site.reasons.isEmpty ? "" : " (\(site.reasons.joined(separator: "; ")))"
        lines.append("verdict    \(name) line \(line): \(site.verdict.rawValue)\(reasons), not \(verdict)")
      }
    }
  }

  /// As multisets: two findings on one line need two comments.
  private static func subtract(
    _ some: [Expectations.Finding], from all: [Expectations.Finding]
  ) -> [Expectations.Finding] {
    var rest = all
    for finding in some {
      if let index = rest.firstIndex(of: finding) { rest.remove(at: index) }
    }
    return rest
  }

  private static func path(_ file: String) -> String {
    URL(fileURLWithPath: file).standardizedFileURL.path
  }
}
