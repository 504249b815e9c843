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
    ["explain", "--help"], ["report", "--help"], ["config", "--help"], ["baseline", "--help"],
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

  @Test func explain() throws {
    let one = try Command.run(["explain", "opendir", "--platform", "musl"])
    #expect(one.status == 0)
    #expect(one.output.hasPrefix("opendir, on musl\n\n  fork child: "))
    let two = try Command.run(["explain", "_exit", "exit"])
    #expect(two.output.contains("_exit, on glibc\n\n  fork child: all right\n"))
    #expect(two.output.contains("\nexit, on glibc\n"))
    let table = try Command.run(["explain"])
    #expect(table.output.split(separator: "\n").count > 1000)
    let unknown = try Command.run(["explain", "opendri"])
    #expect(unknown.status == 2)
    #expect(unknown.errors == "spawnlint: error: the catalogue has no 'opendri': did you mean 'opendir'?\n")
    let other = try Command.run(["explain", "qqqqqqqqqq"])
    #expect(
      other.errors
        == "spawnlint: error: the catalogue has no 'qqqqqqqqqq': a call of it in a child is an unknown-call\n"
    )
  }

  @Test func explainOwnCatalogue() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write(
      "my.yml", "source: x\nfunctions: {my_log: {check: child-stdio, instead: \"Use my_write.\"}}\n")
    let outcome = try Command.run(
      ["explain", "my_log", "--catalogue", "my.yml", "--format", "json"], in: scratch.folder)
    #expect(outcome.output.contains("\"instead\" : \"Use my_write.\""))
  }

  @Test func rulesAsPageAndSARIF() throws {
    let page = try Command.run(["rules", "--format", "html"])
    #expect(page.output.hasPrefix("<!DOCTYPE html>"))
    #expect(page.output.contains("<code>opendir</code>"))
    let one = try Command.run(["rules", "child-exit", "--format", "html"])
    #expect(!one.output.contains("<code>opendir</code>"))
    let sarif = try Command.run(["rules", "--format", "sarif"])
    #expect(sarif.output.contains("\"id\" : \"child-exit\""))
  }

  @Test func reportIsAPage() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", RunTests.bad)
    let outcome = try Command.run(["report", "a.c", "-o", "site/"], in: scratch.folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("site/index.html: 1 warning; 1 spawn site: 1 violations; "))
    let page = try String(
      contentsOf: scratch.folder.appendingPathComponent("site/index.html"), encoding: .utf8)
    #expect(page.contains("<svg "))
    let again = try Command.run(["check", "a.c", "--report", "html=site", "-q"], in: scratch.folder)
    #expect(again.status == 1)
    let plain = try Command.run(["report", "a.c"], in: scratch.folder)
    #expect(plain.output.hasPrefix("spawnlint.html: "))
    let missing = try Command.run(["report", "a.c", "-o", "no/where/"], in: scratch.folder)
    #expect(
      missing.errors == "spawnlint: error: cannot write 'no/where/index.html': No such file or directory\n")
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
