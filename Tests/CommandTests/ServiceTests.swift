import Foundation
import Testing

/// What the program tells about itself.
@Suite struct ServiceTests {
  @Test func versionNamesLibclang() throws {
    let outcome = try Command.run(["--version"])
    #expect(outcome.status == 0)
    #expect(
      outcome.output.wholeMatch(of: /spawnlint \d+\.\d+\.\d+ \(.*clang version \d+.*\)\n/) != nil,
      "\(outcome.output)")
  }

  @Test(arguments: [
    ["--help"], ["check", "--help"], ["sites", "--help"], ["rules", "--help"], ["help", "check"],
  ])
  func helpGoesToStandardOutput(_ arguments: [String]) throws {
    let outcome = try Command.run(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("USAGE: spawnlint"))
    #expect(outcome.errors.isEmpty)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionScripts(_ shell: String) throws {
    let outcome = try Command.run(["--generate-completion-script", shell])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("--fail-on") || outcome.output.contains("fail-on"))
  }

  @Test func bashAcceptsItsScript() throws {
    let script = try Command.run(["--generate-completion-script", "bash"]).output
    let bash = URL(fileURLWithPath: "/bin/bash")
    let outcome = try Command.run(
      ["-c", "source /dev/stdin && complete -p spawnlint"], input: script, program: bash)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("_spawnlint"))
  }

  @Test func rulesInAllForms() throws {
    let table = try Command.run(["rules"])
    #expect(table.status == 0)
    #expect(table.output.contains("vfork-writes-parent"))
    let page = try Command.run(["rules", "child-exit"])
    #expect(page.output.contains("What to do instead"))
    #expect(page.output.contains("// expect: child-exit exit"))
    let markdown = try Command.run(["rules", "child-exit", "--format", "markdown"])
    #expect(markdown.output.hasPrefix("# child-exit\n"))
    let json = try Command.run(["rules", "--format", "json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let rules = try #require(object?["rules"] as? [[String: Any]])
    #expect(rules.count >= 16)
  }
}
