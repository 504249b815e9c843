import Catalogue
import Checks
import Testing

@Suite struct ExpectationTests {
  @Test func readsAllForms() throws {
    let source = """
      // run: --threads no -- -DX=1
      a(); // expect: child-exit exit
      b(); // site: violations; expect: vfork-return -
      c(); // expect: child-stdio printf; child-locks lock
      d(); // says: nothing; expect nothing
      puts("// expect: x y"); // plain
      """
    let parsed = try Expectations(parsing: source)
    #expect(parsed.options == ["--threads", "no", "--", "-DX=1"])
    #expect(
      parsed.findings.map(\.description) == [
        "line 2: child-exit exit", "line 3: vfork-return -", "line 4: child-stdio printf",
        "line 4: child-locks lock",
      ])
    #expect(parsed.sites == [3: "violations"])
    #expect(!parsed.isIncomplete)
    #expect(try Expectations(parsing: "// incomplete\nint x\n").isIncomplete)
  }

  @Test(arguments: ["x; // expect: child-exit", "x; // site: fine", "x; // expect: a b; c"])
  func refusesMalformedOnes(_ source: String) {
    #expect(throws: Expectations.Malformed.self) { try Expectations(parsing: source) }
  }

  @Test func differenceNamesBothSides() throws {
    let place = Location(file: "/x/a.c", line: 3, column: 1, endLine: 3, endColumn: 2)
    let finding = Finding(
      check: "child-exit", level: .warning, certainty: .forbidden, message: "m", location: place,
      function: "f", callee: "exit", roles: [.forkChild], spawnSites: [], causes: [], steps: [], instead: nil)
    let site = SiteReport(
      location: place, function: "f", call: "fork", verdict: .unproven, assumes: [], externalCalls: [],
      reasons: ["why"])
    let result = RunResult(
      findings: [finding], sites: [site], incomplete: [], hiddenSingleThreaded: 0, threadsPossible: true,
      threadsReason: "", platform: .glibc, unitCount: 1)
    let expected = try Expectations(
      parsing: "\n\nx // site: verified\ny // expect: child-exit exit\nz // site: verified")
    #expect(
      ExampleDifference(expected: ["/x/a.c": expected], result: result).lines == [
        "missing    a.c line 4: child-exit exit", "unexpected a.c line 3: child-exit exit",
        "verdict    a.c line 3: unproven (why), not verified",
        "missing    a.c line 5: a spawn site, verified",
      ])

    let violated = try ReportInvariants(result).lines
    for demand in [
      "a spawn call leads to it", "it has a cause", "the way begins at a spawn call",
      "the way leads through the place",
    ] {
      #expect(violated.contains("/x/a.c:3:1: " + demand))
    }
    var inconsistent = result
    inconsistent.sites[0].verdict = .violations
    #expect(
      try ReportInvariants(inconsistent).lines.contains {
        $0.hasSuffix("violations means a finding of level warning or above")
      })
  }
}
