import Checks
import Testing

@testable import Reports

@Suite struct ExitStatusTests {
  private func status(
    _ levels: [Level], verdict: Verdict = .verified, incomplete: Bool = false, failOn: FailOn = .warning
  ) -> Reports.ExitStatus {
    var result = Sample.empty
    result.findings = levels.map {
      var finding = Sample.allocation
      finding.level = $0
      return finding
    }
    result.sites = [Sample.sites[0]]
    result.sites[0].verdict = verdict
    result.incomplete = incomplete ? Sample.result.incomplete : []
    return Reports.ExitStatus(result, failOn: failOn)
  }

  @Test func codes() {
    #expect(Reports.ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3])
  }

  @Test(arguments: [
    (FailOn.note, [Reports.ExitStatus.findings, .findings, .findings]),
    (.warning, [.success, .findings, .findings]),
    (.error, [.success, .success, .findings]),
    (.unproven, [.success, .findings, .findings]),
    (.never, [.success, .success, .success]),
  ])
  func levels(_ failOn: FailOn, _ expected: [Reports.ExitStatus]) {
    #expect(Level.allCases.map { status([$0], failOn: failOn) } == expected)
    #expect(status([], failOn: failOn) == .success)
  }

  @Test func findingsOutrankIncomplete() {
    #expect(status([.error], incomplete: true) == .findings)
    #expect(status([.note], incomplete: true) == .incomplete)
    #expect(status([], incomplete: true) == .incomplete)
    #expect(status([.error], incomplete: true, failOn: .never) == .incomplete)
  }

  @Test func unprovenCountsOnRequest() {
    #expect(status([.note], verdict: .unproven) == .success)
    #expect(status([.note], verdict: .unproven, failOn: .unproven) == .findings)
    #expect(status([], verdict: .unproven, failOn: .error) == .success)
  }

  @Test func colours() {
    func isColoured(_ choice: ColorChoice, _ terminal: Bool, _ environment: [String: String]) -> Bool {
      choice.style(isTerminal: terminal, environment: environment).isColoured
    }
    #expect(isColoured(.auto, true, ["TERM": "xterm"]))
    #expect(!isColoured(.auto, false, ["TERM": "xterm"]))
    #expect(!isColoured(.auto, true, ["TERM": "dumb"]))
    #expect(!isColoured(.auto, true, ["NO_COLOR": "1"]))
    #expect(isColoured(.auto, true, ["NO_COLOR": ""]))
    #expect(isColoured(.always, false, ["NO_COLOR": "1"]))
    #expect(!isColoured(.never, true, [:]))
  }

  @Test func nearestNames() {
    let names = ["child-exit", "child-locks", "vfork-return"]
    #expect(NearestName.to("child-exti", among: names) == "child-exit")
    #expect(NearestName.to("return", among: names) == "vfork-return")
    #expect(NearestName.to("zzzzzz", among: names) == nil)
    #expect(NearestName.to("child", among: names) == nil)
  }
}
