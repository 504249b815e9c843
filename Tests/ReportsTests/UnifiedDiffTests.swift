import Foundation
import Testing

@testable import Reports

@Suite struct UnifiedDiffTests {
  private func diff(_ before: String, _ after: String) -> String {
    String(
      decoding: UnifiedDiff.bytes(path: "f", before: Array(before.utf8), after: Array(after.utf8)),
      as: UTF8.self)
  }

  @Test func nothing() {
    #expect(diff("a\n", "a\n") == "")
    #expect(diff("", "") == "")
  }

  @Test func oneLine() {
    #expect(diff("a\n", "b\n") == "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n")
    let end = "\\ No newline at end of file\n"
    #expect(diff("a", "b") == "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\(end)+b\n\(end)")
    #expect(diff("x\na", "y\na") == "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-x\n+y\n a\n\(end)")
    #expect(diff("a\r\n", "b\r\n") == "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\r\n+b\r\n")
  }

  @Test func hunks() {
    let lines = (1...20).map { "\($0)\n" }
    func changed(_ numbers: Int...) -> String {
      lines.enumerated().map { numbers.contains($0 + 1) ? "x\n" : $1 }.joined()
    }
    let before = lines.joined()
    #expect(
      diff(before, changed(2, 3, 9))
        == "--- a/f\n+++ b/f\n@@ -1,12 +1,12 @@\n 1\n-2\n-3\n+x\n+x\n 4\n 5\n 6\n 7\n 8\n-9\n+x\n 10\n 11\n 12\n"
    )
    #expect(
      diff(before, changed(2, 20))
        == "--- a/f\n+++ b/f\n@@ -1,5 +1,5 @@\n 1\n-2\n+x\n 3\n 4\n 5\n@@ -17,4 +17,4 @@\n 17\n 18\n 19\n-20\n+x\n"
    )
  }

  @Test func bytesThatAreNoText() {
    let bytes = UnifiedDiff.bytes(path: "/f", before: [0xFF, 0x0A], after: [0xFE, 0x0A])
    #expect(bytes == Array("--- /f\n+++ /f\n@@ -1 +1 @@\n-".utf8) + [0xFF, 0x0A, 0x2B, 0xFE, 0x0A])
  }
}
