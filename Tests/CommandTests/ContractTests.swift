import Foundation
import Testing

/// The fields that other programs rely on, as the built program writes them.
@Suite struct ContractTests {
  /// Runs on one bad file and gives the answer as plain JSON.
  private func answer(_ arguments: String...) throws -> [String: Any] {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("src/a.c", RunTests.bad)
    let outcome = try Command.run(arguments + ["src/a.c"], in: scratch.folder)
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(value as? [String: Any])
  }

  private func first(_ key: String, of object: [String: Any]) throws -> [String: Any] {
    try #require((object[key] as? [[String: Any]])?.first, "no \(key)")
  }

  private func expect(_ object: [String: Any], _ file: String, _ line: Int, and keys: String...) {
    #expect(object["file"] as? String == file)
    #expect(object["line"] as? Int == line)
    for key in keys { #expect(object[key] != nil, "no \(key)") }
  }

  @Test func findingsInJSON() throws {
    let finding = try first("findings", of: answer("check", "--format", "json"))
    expect(
      finding, "src/a.c", 8, and: "column", "endLine", "endColumn", "check", "level", "certainty", "message",
      "function", "callee", "roles", "instead", "fingerprint")
    expect(try first("spawnSites", of: finding), "src/a.c", 5, and: "column", "endLine", "endColumn")
    expect(
      try first("causes", of: finding), "src/a.c", 8, and: "column", "check", "level", "certainty", "role",
      "function", "callee", "reason", "source")
    expect(try first("steps", of: finding), "src/a.c", 5, and: "column", "message")
  }

  @Test(arguments: ["check", "sites"])
  func sitesInJSON(_ command: String) throws {
    let site = try first("sites", of: answer(command, "--format", "json"))
    expect(site, "src/a.c", 5, and: "column", "function", "call", "assumes", "externalCalls", "reasons")
    #expect(site["verdict"] as? String == "violations")
  }

  @Test func propertiesInSARIF() throws {
    let run = try first("runs", of: answer("check", "--format", "sarif"))
    let properties = try #require(run["properties"] as? [String: Any])
    expect(
      try first("spawnSites", of: properties), "src/a.c", 5, and: "function", "call", "verdict", "assumes",
      "externalCalls")

    let result = try first("results", of: run)
    for key in ["ruleId", "level", "locations", "partialFingerprints", "codeFlows"] {
      #expect(result[key] != nil, "no \(key)")
    }
    let about = try #require(result["properties"] as? [String: Any])
    for key in ["role", "roles", "certainty", "function", "callee", "checks"] {
      #expect(about[key] != nil, "no \(key)")
    }
    #expect(about["spawnSites"] as? [String] == ["src/a.c:5"])
    expect(
      try first("causes", of: about), "src/a.c", 8, and: "function", "callee", "check", "certainty", "role")
  }
}
