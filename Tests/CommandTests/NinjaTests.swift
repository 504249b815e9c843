import Foundation
import Testing

@Suite struct NinjaTests {
  private static let ninja = ["/usr/bin/ninja", "/usr/local/bin/ninja"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Paths with a blank and a dollar (Ninja reads no quote in a list of dependencies); relative flags; a file with two entries.
  private func project() throws -> Scratch {
    let scratch = try Scratch()
    _ = try scratch.write("of $5 or more/bad.c", "#include \"last.h\"\n" + RunTests.bad)
    _ = try scratch.write("good.c", RunTests.good)
    _ = try scratch.write("include/last.h", "#define LAST \"a\"\n")
    let folder = scratch.folder.path
    let entries: [[String: Any]] = [
      [
        "directory": folder, "file": "of $5 or more/bad.c",
        "arguments": ["cc", "-Iinclude", "-DTEXT=\"a $b\"", "-c", "of $5 or more/bad.c"],
      ],
      ["directory": folder, "file": "good.c", "command": "cc -c good.c"],
    ]
    let data = try JSONSerialization.data(withJSONObject: entries)
    _ = try scratch.write("compile_commands.json", String(decoding: data, as: UTF8.self))
    return scratch
  }

  @Test(.enabled(if: ninja != nil)) func answersAsCheck() throws {
    let scratch = try project()
    defer { scratch.remove() }
    let ninja = URL(fileURLWithPath: try #require(Self.ninja))
    func run(_ arguments: [String], _ program: URL = Command.program) throws -> Command.Outcome {
      try Command.run(arguments, in: scratch.folder, program: program)
    }
    #expect(try run(["ninja", "-p", "."]).status == 0)
    let whole = try run(["check", "-p", ".", "--format", "sarif", "--fail-on", "never"])
    #expect(whole.status == 0)
    #expect(try run(["-f", "lint.ninja", "report"], ninja).status == 0)
    let report = scratch.folder.appendingPathComponent("spawnlint-facts/report.sarif")
    #expect(try String(contentsOf: report, encoding: .utf8) == whole.output)

    let checked = try run(["-f", "lint.ninja"], ninja)
    #expect(checked.status != 0 && checked.output.contains("[child-exit]"))
    // Nothing changed: only the check itself runs. A header that one file includes: that file is read.
    #expect(try run(["-f", "lint.ninja", "-n", "report"], ninja).output.contains("no work to do"))
    _ = try scratch.write("include/last.h", "#define LAST \"b\"\n")
    let again = try run(["-f", "lint.ninja", "-n", "report"], ninja)
    #expect(again.output.contains("bad.c") && !again.output.contains("index '/good.c"))
    #expect(again.output.split(separator: "\n").count { $0.contains("index ") } == 1)
  }
}
