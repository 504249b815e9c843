import Checks
import Foundation
import TestSupport
import Testing

@testable import Project
@testable import Reports

@Suite struct BaselineTests {
  static let folder = BaselineFolder(of: "/w/ci/known.json", workingDirectory: "/w")

  static func place(_ file: String, _ line: Int) -> Location {
    Location(file: file, line: line, column: 3, endLine: line, endColumn: 9)
  }

  static func site(
    _ line: Int, _ function: String, verdict: Verdict = .violations, file: String = "src/a.c"
  ) -> SiteReport {
    SiteReport(
      location: place(file, line), function: function, call: "fork", verdict: verdict, assumes: [],
      externalCalls: [], reasons: [])
  }

  static func finding(
    _ line: Int, _ callee: String? = "exit", in function: String = "run",
    sites: [Location] = [place("src/a.c", 2)],
    file: String = "src/a.c", check: String = "child-exit"
  ) -> Finding {
    Finding(
      check: check, level: .warning, certainty: .forbidden, message: "m", location: place(file, line),
      function: function, callee: callee, roles: [.forkChild], spawnSites: sites, causes: [], steps: [],
      instead: nil)
  }

  static func result(
    _ findings: [Finding], sites: [SiteReport] = [site(2, "run")], read: [String] = ["src/a.c"]
  ) -> RunResult {
    var result = RunResult(
      findings: findings, sites: sites, incomplete: [], hiddenSingleThreaded: 0, threadsPossible: true,
      threadsReason: "", platform: .glibc, unitCount: 1)
    result.readFiles = read
    return result
  }

  /// Lines of the findings that are new.
  private func new(
    _ before: RunResult, _ after: RunResult, gone: Set<String> = []
  ) -> [Int] {
    let match = BaselineMatch(
      Baseline(before, folder: Self.folder), after, folder: Self.folder,
      exists: { !gone.contains($0) }, wasRead: { _ in true })
    return after.findings.indices.filter { match.known[$0] == nil }.map { after.findings[$0].location.line }
  }

  @Test func file() throws {
    let result = Self.result(
      [
        Self.finding(9), Self.finding(12), Self.finding(5, nil, in: "loop", check: "child-leaves"),
        Self.finding(
          3, "log", in: "shared", sites: [Self.place("src/a.c", 2), Self.place("/usr/include/b.h", 7)]),
      ],
      sites: [
        Self.site(2, "run"), Self.site(7, "inline_run", file: "/usr/include/b.h"),
        Self.site(20, "other", verdict: .unproven),
      ])
    var baseline = Baseline(result, folder: Self.folder)
    baseline.findings[0].reason = "a \"quoted\" reason"
    let text = try baseline.render()
    try expectText(text, "baseline.json")
    #expect(try Baseline.read(text, path: "x", folder: Self.folder) == baseline)
    #expect(baseline.findingCount == 4)
  }

  @Test func linesDoNotCount() {
    let before = Self.result([Self.finding(5), Self.finding(9, "puts", check: "child-stdio")])
    let after = Self.result(
      [
        Self.finding(25, sites: [Self.place("src/a.c", 22)]),
        Self.finding(29, "puts", sites: [Self.place("src/a.c", 22)], check: "child-stdio"),
      ],
      sites: [Self.site(22, "run")])
    #expect(new(before, after) == [])
  }

  @Test func whatIsSaidCounts() {
    let before = Self.result([Self.finding(5)])
    #expect(new(before, Self.result([Self.finding(5, "quick_exit")])) == [5])
    #expect(new(before, Self.result([Self.finding(5, in: "other")])) == [5])
    #expect(new(before, Self.result([Self.finding(5, check: "child-stdio")])) == [5])
    #expect(new(before, Self.result([Self.finding(5)], sites: [Self.site(2, "walk")])) == [5])
    #expect(new(before, Self.result([Self.finding(5, file: "src/b.c")])) == [5])
    // One more of the same is new, the last one.
    #expect(new(before, Self.result([Self.finding(5), Self.finding(9)])) == [9])
  }

  /// A further spawn call whose children come there does not make it new.
  @Test func oneSpawnerMustAgree() {
    let both = [Self.place("src/a.c", 1), Self.place("src/a.c", 2)]
    let sites = [Self.site(1, "before"), Self.site(2, "run")]
    let before = Self.result([Self.finding(5)])
    #expect(new(before, Self.result([Self.finding(5, sites: both)], sites: sites)) == [])
    #expect(new(Self.result([Self.finding(5, sites: both)], sites: sites), before) == [])
  }

  @Test func renamedFiles() {
    let before = Self.result([Self.finding(5), Self.finding(9)])
    let moved = [Self.finding(5, file: "src/b.c"), Self.finding(9, file: "src/b.c")]
    #expect(new(before, Self.result(moved), gone: ["../src/a.c"]) == [])
    #expect(new(before, Self.result(moved)) == [5, 9])
  }

  @Test func staleEntries() {
    let before = Self.result(
      [Self.finding(5), Self.finding(9), Self.finding(7, "puts", file: "src/b.c", check: "child-stdio")],
      sites: [Self.site(2, "run"), Self.site(30, "x", verdict: .unproven)])
    let baseline = Baseline(before, folder: Self.folder)
    let after = Self.result([Self.finding(5)])
    let match = BaselineMatch(
      baseline, after, folder: Self.folder, exists: { _ in true }, wasRead: { $0 == "../src/a.c" })
    #expect(
      match.stale.lines == ["../src/a.c: child-exit 'exit' in 'run'", "../src/a.c: unproven fork in 'x'"])
    #expect(match.unseen.lines == ["../src/b.c: child-stdio 'puts' in 'run'"])
    let pruned = baseline.pruned(match.stale)
    #expect(pruned.findings.map(\.count) == [1, 1])
    #expect(pruned.unproven.isEmpty)
  }

  @Test func knownSites() {
    let sites = [Self.site(2, "run", verdict: .unproven), Self.site(9, "go", verdict: .unproven)]
    let before = Self.result([], sites: [sites[0]])
    let applied = Baseline(before, folder: Self.folder).applied(
      to: Self.result([], sites: sites), folder: Self.folder)
    #expect(applied.knownSites == [Self.place("src/a.c", 2)])
    #expect(Reports.ExitStatus(applied, failOn: .unproven) == .findings)
    let same = Baseline(before, folder: Self.folder).applied(to: before, folder: Self.folder)
    #expect(Reports.ExitStatus(same, failOn: .unproven) == .success)
  }

  @Test(arguments: [
    ("", "is no baseline: it is not a JSON object with a version"),
    ("[]", "is no baseline: it is not a JSON object with a version"),
    ("{\"version\": 2}", "was written by a newer spawnlint (version 2 of the format; this one reads 1)"),
    ("{\"version\": 1}", "is no baseline: write it anew with 'spawnlint baseline'"),
    ("{\"version\": \"x\"}", "is neither a baseline nor a SARIF report"),
    ("{\"version\": \"2.2.0\", \"runs\": []}", "is SARIF 2.2.0; this spawnlint reads 2.1.0"),
    ("{\"version\": \"2.1.0\", \"runs\": [{}]}", "is no SARIF report of 'spawnlint check'"),
  ])
  func otherFiles(_ text: String, _ reason: String) {
    #expect(throws: BaselineError(path: "x.json", reason: reason)) {
      try Baseline.read(text, path: "x.json", folder: Self.folder)
    }
  }

  /// A SARIF report says as much.
  @Test func sarif() throws {
    let result = Self.result([Self.finding(5), Self.finding(9, "puts", check: "child-stdio")])
    let context = ReportContext(
      toolVersion: "0.1.0", libraryVersion: "", pages: [],
      tree: SourceTree(root: "/w", workingDirectory: "/w"), exitStatus: .findings)
    var report = SARIFReport(source: SourceText { _ in nil }, context: context)
    let text = try report.render(result)
    let read = try Baseline.read(text, path: "x", folder: Self.folder)
    #expect(read == Baseline(result, folder: Self.folder))
  }

  @Test(arguments: [
    ("src/a.c", "../src/a.c"), ("ci/a.c", "a.c"), ("/w/ci/x/a.c", "x/a.c"),
    ("/usr/include/a.h", "/usr/include/a.h"),
    ("a.c", "../a.c"),
  ])
  func paths(_ path: String, _ relative: String) {
    #expect(Self.folder.relative(path) == relative)
    #expect(Self.folder.absolute(relative) == (path.hasPrefix("/") ? path : "/w/" + path))
  }
}
