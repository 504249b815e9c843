import Foundation
import Testing

/// Compares with a file in `Expected/` beside the test. With SPAWNLINT_UPDATE_EXPECTED=1 the files are written instead.
public func expectText(
  _ text: String, _ name: String, beside test: String = #filePath,
  location: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: test).deletingLastPathComponent()
    .appendingPathComponent("Expected").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["SPAWNLINT_UPDATE_EXPECTED"] == "1" {
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  guard text != expected else { return }
  let actual = text.split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let index =
    zip(actual, wanted).enumerated().first { $1.0 != $1.1 }?.offset ?? min(actual.count, wanted.count)
  let found = index < actual.count ? actual[index] : "(end)"
  let line = index < wanted.count ? wanted[index] : "(end)"
  Issue.record("\(name):\(index + 1)\n  is     \(found)\n  wanted \(line)", sourceLocation: location)
}
