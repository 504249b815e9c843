import Foundation
import Testing

/// Recording findings and checking against the record.
@Suite struct BaselineCommandTests {
  private static let two = RunTests.bad + RunTests.bad.replacing("run", with: "walk")

  private func text(_ name: String, in scratch: Scratch) throws -> String {
    try String(contentsOf: scratch.folder.appendingPathComponent(name), encoding: .utf8)
  }

  @Test func recordsAndChecks() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("src/a.c", RunTests.bad)
    let recorded = try Command.run(["baseline", "src"], in: scratch.folder)
    #expect(recorded.status == 0)
    #expect(recorded.output == ".spawnlint-baseline.json: 1 finding recorded\n")
    #expect(
      try text(".spawnlint-baseline.json", in: scratch) == """
        {
          "findings" : [
            {
              "callee" : "exit",
              "check" : "child-exit",
              "count" : 1,
              "file" : "src/a.c",
              "function" : "run",
              "spawners" : [
                {
                  "function" : "run"
                }
              ]
            }
          ],
          "unproven" : [

          ],
          "version" : 1
        }

        """)
    let option = ["--baseline", ".spawnlint-baseline.json"]
    let known = try Command.run(["check", "src"] + option, in: scratch.folder)
    #expect(known.status == 0)
    #expect(
      known.output == """
        no findings; 1 spawn site: 1 violations; 1 file, platform glibc, threads possible (library code: no main is among the files)
        1 finding known from the baseline

        """)
    // From another folder, with the lines moved, and one more.
    _ = try scratch.write("src/a.c", "/* new */\n\n" + Self.two)
    let more = try Command.run(
      ["check", "--quiet", "a.c", "--baseline", "../.spawnlint-baseline.json"],
      in: scratch.folder.appendingPathComponent("src"))
    #expect(more.status == 1)
    #expect(more.output.hasPrefix("a.c:21:5: warning: "))
    #expect(!more.output.contains("a.c:10:5"))
  }

  @Test func updateAndPrune() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write(".spawnlint.yml", "baseline: ci/known.json\n")
    _ = try scratch.write("ci/x", "")
    _ = try scratch.write("src/a.c", Self.two)
    _ = try scratch.write("src/b.c", RunTests.bad)
    let first = try Command.run(["baseline", "src"], in: scratch.folder)
    #expect(first.output == "ci/known.json: 3 findings recorded\n")
    let path = "ci/known.json"
    let noted = try text(path, in: scratch).replacing(
      "\"function\" : \"walk\",", with: "\"function\" : \"walk\", \"reason\": \"later\",", maxReplacements: 1)
    _ = try scratch.write(path, noted)

    // Only one of the files: the other's entry stays.
    _ = try scratch.write("src/a.c", Self.two.replacing("exit(127)", with: "_exit(127)", maxReplacements: 1))
    let stale = try Command.run(["check", "src/a.c"], in: scratch.folder)
    #expect(stale.status == 0)
    #expect(
      stale.output.hasSuffix(
        """
        1 finding known from the baseline
        1 entry of the baseline occurs no more; 'spawnlint baseline --prune' drops it:
          ../src/a.c: child-exit 'exit' in 'run'

        """))
    let json = try Command.run(["check", "--format", "json", "src/a.c"], in: scratch.folder)
    #expect(json.output.contains("\"../src/a.c: child-exit 'exit' in 'run'\""))
    #expect(json.output.contains("\"reason\" : \"later\""))
    let pruned = try Command.run(["baseline", "--prune", "src/a.c"], in: scratch.folder)
    #expect(pruned.output == "ci/known.json: 2 findings left; 1 entry dropped\n")
    #expect(try text(path, in: scratch).contains("src/b.c"))

    _ = try scratch.write("src/a.c", Self.two)
    let updated = try Command.run(["baseline", "src/a.c"], in: scratch.folder)
    #expect(updated.output == "ci/known.json: 3 findings recorded, 1 of them new; 0 entries dropped\n")
    #expect(try text(path, in: scratch).contains("\"reason\" : \"later\""))
    #expect(try text(path, in: scratch).contains("src/b.c"))
  }

  @Test func sarifOfAnEarlierRun() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("src/a.c", RunTests.bad)
    _ = try Command.run(["check", "--report", "sarif=old.sarif", "src"], in: scratch.folder)
    try FileManager.default.moveItem(
      at: scratch.folder.appendingPathComponent("src/a.c"),
      to: scratch.folder.appendingPathComponent("src/b.c"))
    let outcome = try Command.run(
      ["check", "--format", "sarif", "--baseline", "old.sarif", "src"], in: scratch.folder)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\"baselineState\" : \"unchanged\""))
    #expect(outcome.output.contains("\"kind\" : \"external\""))
  }

  @Test func failures() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", RunTests.bad)
    _ = try scratch.write("new.json", "{\"version\": 7}")
    func errors(_ arguments: [String]) throws -> String {
      let outcome = try Command.run(arguments, in: scratch.folder)
      #expect(outcome.status == 2)
      #expect(outcome.output.isEmpty)
      return outcome.errors
    }
    let newer = "new.json: was written by a newer spawnlint (version 7 of the format; this one reads 1)\n"
    #expect(try errors(["check", "a.c", "--baseline", "new.json"]) == "spawnlint: error: " + newer)
    #expect(try errors(["baseline", "a.c", "-o", "new.json"]) == "spawnlint: error: " + newer)
    #expect(
      try errors(["check", "a.c", "--baseline", "none.json"])
        == "spawnlint: error: none.json: No such file or directory\n")
    #expect(
      try errors(["baseline", "--prune", "a.c"])
        == "spawnlint: error: .spawnlint-baseline.json: No such file or directory\n")
    #expect(
      try errors(["baseline", "a.c", "-o", "no/x.json"])
        == "spawnlint: error: cannot write 'no/x.json': No such file or directory\n")
    _ = try scratch.write("b.c", RunTests.broken)
    let incomplete = try Command.run(["baseline", "b.c"], in: scratch.folder)
    #expect(incomplete.status == 3)
    #expect(incomplete.errors.hasPrefix("spawnlint: note: b.c was not understood completely: "))
  }
}
