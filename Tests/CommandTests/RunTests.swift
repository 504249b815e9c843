import Foundation
import Testing

/// Whole runs on small files: statuses, streams, formats.
@Suite struct RunTests {
  static let bad = """
    #include <stdlib.h>
    #include <unistd.h>
    int run(char **argv)
    {
      int pid = fork();
      if (pid == 0) {
        execv(argv[0], argv);
        exit(127);
      }
      return pid;
    }

    """
  static let good = bad.replacing("exit(127)", with: "_exit(127)")
  static let unproven = bad.replacing("exit(127)", with: "somewhere(); _exit(127)")
    .replacing("int run", with: "void somewhere(void);\nint run")
  static let broken = "#include \"missing.h\"\nint a;\n"

  private func status(_ files: [String: String], _ arguments: [String]) throws -> Int32 {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for (name, text) in files { _ = try scratch.write(name, text) }
    return try Command.run(arguments, in: scratch.folder).status
  }

  @Test func statuses() throws {
    #expect(try status(["a.c": Self.good], ["check", "a.c"]) == 0)
    #expect(try status(["a.c": Self.bad], ["check", "a.c"]) == 1)
    #expect(try status(["a.c": Self.bad], ["a.c"]) == 1)
    #expect(try status(["a.c": Self.bad], ["sites", "."]) == 1)
    #expect(try status(["a.c": Self.bad], ["check", "--fail-on", "never", "a.c"]) == 0)
    #expect(try status(["a.c": Self.bad], ["check", "--fail-on", "error", "a.c"]) == 0)
    #expect(try status(["a.c": Self.unproven], ["check", "a.c"]) == 0)
    #expect(try status(["a.c": Self.unproven], ["check", "--fail-on", "unproven", "a.c"]) == 1)
    #expect(try status(["a.c": Self.unproven], ["check", "--fail-on", "note", "a.c"]) == 1)
    #expect(try status(["a.c": Self.broken], ["check", "a.c"]) == 3)
    #expect(try status(["a.c": Self.broken, "b.c": Self.bad], ["check", "."]) == 1)
    #expect(try status(["a.c": Self.broken, "b.c": Self.good], ["check", "."]) == 3)
    // 2 outranks 1: nothing is analysed when an argument is wrong.
    #expect(try status(["a.c": Self.bad], ["check", "a.c", "missing.c"]) == 2)
  }

  @Test func contractsByName() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", "#include <stdlib.h>\nvoid safe_free(void *p) { free(p); }\n")
    #expect(try Command.run(["check", "a.c"], in: scratch.folder).status == 0)
    let found = try Command.run(["check", "a.c", "--contract", "safe_*"], in: scratch.folder)
    #expect(found.status == 1 && found.errors.isEmpty)
    let misspelt = try Command.run(["check", "a.c", "--contract", "save_*"], in: scratch.folder)
    #expect(misspelt.status == 0)
    #expect(
      misspelt.errors
        == "spawnlint: note: no function of these files has a name like the contract 'save_*'\n")
    #expect(try Command.run(["check", "a.c", "--contract", ""], in: scratch.folder).status == 2)
  }

  @Test func textNamesPlaceAndCheck() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", Self.bad)
    let outcome = try Command.run(["check", "a.c"], in: scratch.folder)
    #expect(outcome.errors.isEmpty)
    let first = try #require(outcome.output.split(separator: "\n").first)
    #expect(first.hasPrefix("a.c:8:5: warning: "))
    #expect(first.hasSuffix(" [child-exit]"))
    #expect(!outcome.output.contains("\u{1B}"))
    let coloured = try Command.run(["check", "--color", "always", "a.c"], in: scratch.folder)
    #expect(coloured.output.contains("\u{1B}["))
  }

  @Test func standardInput() throws {
    let outcome = try Command.run(["check", "--quiet", "--stdin-name", "pipe.c", "-"], input: Self.bad)
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("pipe.c:8:5: warning: "))
  }

  @Test func reportsAreTheSameTwice() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for index in 0..<6 {
      _ = try scratch.write("d/\(index).c", index.isMultiple(of: 2) ? Self.bad : Self.unproven)
    }
    for format in ["text", "sarif", "json"] {
      let first = try Command.run(["check", "--format", format, "--jobs", "3", "d"], in: scratch.folder)
      let second = try Command.run(["check", "--format", format, "--jobs", "1", "d"], in: scratch.folder)
      #expect(first.output == second.output)
      #expect(!first.output.isEmpty)
    }
  }

  @Test func outputGoesToTheFile() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", Self.bad)
    let outcome = try Command.run(
      ["check", "--format", "json", "--output", "report.json", "a.c"], in: scratch.folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    let data = try Data(contentsOf: scratch.folder.appendingPathComponent("report.json"))
    let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect((report["findings"] as? [Any])?.count == 1)
  }

  @Test func compilerFlags() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("src/a.c", Self.bad.replacing("exit(127)", with: "END(127)"))
    let flags = ["-D", "END=exit"]
    #expect(try Command.run(["check", "src/a.c", "--"] + flags, in: scratch.folder).status == 1)
    #expect(try Command.run(["check", "src/a.c", "--", "-DEND=_exit"], in: scratch.folder).status == 0)
    let database = """
      [{"directory": "\(scratch.folder.path)/build", "file": "../src/a.c", "output": "a.o",
        "command": "cc \\"-DEND=exit\\" -o a.o -c ../src/a.c"}]
      """
    _ = try scratch.write("build/compile_commands.json", database)
    #expect(try Command.run(["check", "-p", "build", "src/a.c"], in: scratch.folder).status == 1)
    #expect(try Command.run(["check", "-p", "build"], in: scratch.folder).status == 1)
  }
}
