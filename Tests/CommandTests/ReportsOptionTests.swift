import Foundation
import Testing

/// `--report` and what can go wrong with files.
@Suite struct ReportsOptionTests {
  private func run(_ arguments: [String], then body: (Command.Outcome, URL) throws -> Void) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", RunTests.bad)
    try FileManager.default.createDirectory(
      at: scratch.folder.appendingPathComponent("folder"), withIntermediateDirectories: true)
    try body(try Command.run(arguments, in: scratch.folder), scratch.folder)
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func severalAtOnce() throws {
    let formats = [
      "sarif", "json", "github", "gitlab", "junit", "rdjson", "checkstyle", "codechecker", "markdown", "text",
    ]
    try run(["check", "a.c"] + formats.flatMap { ["--report", "\($0)=out.\($0)"] }) { outcome, folder in
      #expect(outcome.status == 1)
      #expect(outcome.output.hasPrefix("a.c:8:5: warning: "))
      for format in formats {
        let text = try String(contentsOf: folder.appendingPathComponent("out." + format), encoding: .utf8)
        let alone = try Command.run(["check", "a.c", "--format", format], in: folder)
        #expect(text == alone.output)
        #expect(text.contains("child-exit"))
      }
      let written = try names(in: folder)
      #expect(written.count == formats.count + 2)
    }
  }

  @Test(arguments: [
    (["--report", "sarif"], "--report 'sarif': write FORMAT=PATH, e.g. sarif=spawnlint.sarif"),
    (["--report", "sarfi=x"], "--report 'sarfi=x': there is no format 'sarfi': did you mean 'sarif'?"),
    (["--report", "json=x", "--report", "sarif=./x"], "two reports go to './x'"),
    (["--report", "json=x", "-o", "x"], "two reports go to 'x'"),
    (["--report", "json=folder"], "cannot write 'folder': it is a directory"),
    (["--report", "json=no/x"], "cannot write 'no/x': No such file or directory"),
    (["--report", "json=a.c/x"], "cannot write 'a.c/x': Not a directory"),
    (["-o", "folder"], "cannot write 'folder': it is a directory"),
  ])
  func mistakes(_ arguments: [String], _ message: String) throws {
    try run(["check", "a.c"] + arguments) { outcome, folder in
      #expect(outcome.status == 2)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors == "spawnlint: error: \(message)\n")
      let left = try names(in: folder)
      #expect(left == ["a.c", "folder"])
    }
  }

  @Test func sitesHaveSomeFormats() throws {
    let known = "text, sarif, json, markdown"
    try run(["sites", "a.c", "--format", "junit"]) { outcome, _ in
      #expect(outcome.errors == "spawnlint: error: sites have no format 'junit': known are \(known)\n")
    }
    try run(["sites", "a.c", "--report", "gitlab=x"]) { outcome, _ in
      #expect(outcome.errors == "spawnlint: error: sites have no format 'gitlab': known are \(known)\n")
    }
  }

  /// One report that cannot be written leaves the others as they were.
  @Test func allOrNone() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", RunTests.bad)
    _ = try scratch.write("out.json", "before")
    let arguments = ["check", "a.c", "--report", "json=out.json", "--report", "sarif=/proc/none"]
    let outcome = try Command.run(arguments, in: scratch.folder)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("spawnlint: error: cannot write '/proc/none': "))
    #expect(try names(in: scratch.folder) == ["a.c", "out.json"])
    let text = try String(contentsOf: scratch.folder.appendingPathComponent("out.json"), encoding: .utf8)
    #expect(text == "before")
  }

  @Test func suppressedOnesMayBeLeftOut() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write(
      "a.c", RunTests.bad.replacing("exit(127);", with: "exit(127); // spawnlint: allow(child-exit) known"))
    let all = try Command.run(["check", "--format", "sarif", "a.c"], in: scratch.folder)
    #expect(all.output.contains("\"justification\" : \"known\""))
    let some = try Command.run(
      ["check", "--format", "sarif", "--omit-suppressed", "a.c"], in: scratch.folder)
    #expect(some.output.contains("\"results\" : [\n\n      ]"))
  }
}
