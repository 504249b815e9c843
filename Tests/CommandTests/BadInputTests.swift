import Foundation
import Testing

/// Bad input ends with status 2 and one line on standard error that names what is wrong; nothing is printed.
@Suite struct BadInputTests {
  private func expectRefused(
    _ arguments: [String], saying parts: String..., in folder: URL? = nil,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Command.run(arguments, in: folder)
    #expect(outcome.status == 2, sourceLocation: location)
    #expect(outcome.output.isEmpty, sourceLocation: location)
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)", sourceLocation: location)
    #expect(outcome.errors.hasPrefix("spawnlint: error: "), "\(outcome.errors)", sourceLocation: location)
    for part in parts {
      #expect(outcome.errors.contains(part), "\(outcome.errors)", sourceLocation: location)
    }
  }

  @Test(arguments: [[], ["check"], ["sites"]])
  func noFiles(_ arguments: [String]) throws {
    try expectRefused(arguments, saying: "no files", "-p")
  }

  @Test(arguments: [["check", "missing.c"], ["missing.c"], ["sites", "missing.c"]])
  func missingFile(_ arguments: [String]) throws {
    try expectRefused(arguments, saying: "'missing.c'", "no such file or directory")
  }

  @Test func directoryWithoutSources() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("docs/readme.txt", "x")
    _ = try scratch.write("docs/.hidden/a.c", "int a;")
    try expectRefused(["check", "docs"], saying: "'docs'", "no .c files", in: scratch.folder)
  }

  @Test func unknownOption() throws {
    try expectRefused(["check", "--treads", "no", "x.c"], saying: "--treads")
  }

  @Test(arguments: [
    ["--format", "xml"], ["--fail-on", "always"], ["--threads", "2"], ["--workers", "x"],
    ["--platform", "dos"],
    ["--color", "red"], ["--jobs", "0"], ["--jobs", "many"], ["--output"],
  ])
  func badValue(_ option: [String]) throws {
    try expectRefused(["check", "x.c"] + option, saying: option[0])
  }

  @Test func unknownCheck() throws {
    try expectRefused(["rules", "child-exti"], saying: "'child-exti'", "'child-exit'")
    try expectRefused(["rules", "qqqqqq"], saying: "'qqqqqq'", "spawnlint rules")
  }

  @Test func buildDirectory() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", "int a;")
    _ = try scratch.write("empty/x", "")
    _ = try scratch.write("broken/compile_commands.json", "[{")
    _ = try scratch.write("partial/compile_commands.json", #"[{"file": "a.c"}]"#)
    _ = try scratch.write("other/compile_commands.json", "[]")
    try expectRefused(["check", "-p", "missing"], saying: "'missing'", in: scratch.folder)
    try expectRefused(["check", "-p", "empty"], saying: "empty/compile_commands.json", in: scratch.folder)
    try expectRefused(["check", "-p", "broken", "a.c"], saying: "not valid JSON", in: scratch.folder)
    try expectRefused(["check", "-p", "partial"], saying: "entry 1", "'directory'", in: scratch.folder)
    try expectRefused(["check", "-p", "other"], saying: "names no C files", in: scratch.folder)
  }

  @Test func unwritableOutput() throws {
    try expectRefused(["rules", "--output", "/"], saying: "'/'", "directory")
    try expectRefused(["rules", "-o", "/missing/x.md"], saying: "'/missing/x.md'", "No such file")
    try expectRefused(["rules", "-o", "/dev/full"], saying: "'/dev/full'", "No space left on device")
    try expectRefused(["check", "--report", "json=-", "x.c"], saying: "use --format json")
  }

  /// Standard output that takes nothing: status 2, and one line; a reader that went away ends the program.
  @Test func standardOutputThatTakesNothing() throws {
    func run(_ line: String) throws -> (status: Int32, errors: String) {
      let program = Command.program.path
      let outcome = try Command.run(
        ["-c", line.replacing("PROGRAM", with: "'\(program)'")], program: URL(fileURLWithPath: "/bin/sh"))
      return (outcome.status, outcome.errors)
    }
    let full = try run("PROGRAM rules >/dev/full")
    #expect(full.status == 2)
    #expect(full.errors == "spawnlint: error: cannot write 'standard output': No space left on device\n")
    #expect(try run("PROGRAM rules >&-").status == 2)
    let ignored = try run("trap '' PIPE; { PROGRAM rules; echo $? >&2; } | true")
    #expect(
      ignored.errors == "spawnlint: error: cannot write 'standard output': Broken pipe\n2\n"
        || ignored.errors == "0\n")
  }

  /// `-` is standard output.
  @Test func outputToStandardOutput() throws {
    let plain = try Command.run(["rules"])
    #expect(try Command.run(["rules", "-o", "-"]).output == plain.output)
  }
}
