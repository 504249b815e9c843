import Checks
import Testing

@testable import Reports

@Suite struct FingerprintTests {
  let tree = SourceTree(root: "/r", workingDirectory: "/r")

  private func moved(_ finding: Finding, by lines: Int) -> Finding {
    var finding = finding
    finding.location.line += lines
    finding.location.endLine += lines
    return finding
  }

  private func fingerprints(_ findings: [Finding]) -> [String] {
    var result = Sample.result
    result.findings = findings
    return Fingerprint.all(of: result, tree: tree).findings
  }

  @Test func survivesLineShifts() {
    let before = [Sample.allocation, Sample.shared, Sample.callback]
    #expect(fingerprints(before) == fingerprints(before.map { moved($0, by: 17) }))
  }

  @Test func areDistinct() {
    let same = [Sample.allocation, moved(Sample.allocation, by: 1), moved(Sample.allocation, by: 2)]
    let all = fingerprints(same + [Sample.shared, Sample.callback])
    #expect(Set(all).count == 5)
    #expect(all.allSatisfy { $0.count == 16 })
  }

  @Test func dependOnWhatIsSaid() {
    var other = Sample.allocation
    other.callee = "calloc"
    #expect(fingerprints([other]) != fingerprints([Sample.allocation]))
    other = Sample.allocation
    other.check = "child-stdio"
    #expect(fingerprints([other]) != fingerprints([Sample.allocation]))
  }

  /// A comment that allows one leaves the others their names.
  @Test func suppressedOnesAreNumberedToo() {
    let first = Sample.allocation
    let second = moved(first, by: 3)
    var result = Sample.result
    result.findings = [second]
    result.suppressed = [SuppressedFinding(finding: first, suppressions: [])]
    let all = Fingerprint.all(of: result, tree: tree)
    #expect(all.suppressed + all.findings == fingerprints([first, second]))
  }

  /// The number belongs to the place, not to the position in the list.
  @Test func orderOfTheListDoesNotMatter() {
    let first = Sample.allocation
    let second = moved(first, by: 3)
    #expect(fingerprints([first, second]) == fingerprints([second, first]).reversed())
  }
}
