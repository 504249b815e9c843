import Foundation
import Testing

/// `--diff`: what the changes since a commit bring.
@Suite struct DiffTests {
  /// A repository with one commit.
  private struct Project {
    let scratch: Scratch

    init(_ files: [String: String]) throws {
      scratch = try Scratch()
      for (name, text) in files { _ = try scratch.write(name, text) }
      try git("init", "--quiet", "--initial-branch=main")
      try git("config", "user.email", "test@example.org")
      try git("config", "user.name", "Test")
      try git("config", "commit.gpgsign", "false")
      try commit()
    }

    func git(_ arguments: String...) throws {
      let outcome = try Command.run(
        ["git"] + arguments, in: scratch.folder, program: URL(fileURLWithPath: "/usr/bin/env"))
      #expect(outcome.status == 0, "\(outcome.errors)")
    }

    func commit() throws {
      try git("add", "--all")
      try git("commit", "--quiet", "--message", "x")
    }

    /// Places and checks of the findings, and the status.
    func check(_ arguments: String..., in folder: String = "") throws -> [String] {
      let outcome = try Command.run(
        ["check", "--quiet"] + arguments, in: scratch.folder.appendingPathComponent(folder))
      let places = outcome.output.split(separator: "\n").filter { $0.hasSuffix("]") }.map { line in
        "\(line.split(separator: ":").prefix(2).joined(separator: ":")) \(line.split(separator: " ").last ?? "")"
      }
      #expect(outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.status == (places.isEmpty ? 0 : 1))
      return places
    }
  }

  private static let header = "void warn(const char *text);\n"
  private static let log = """
    #include "log.h"
    #include <unistd.h>
    void warn(const char *text)
    {
      write(2, text, 1);
    }

    """
  private static let spawner = """
    #include "log.h"
    #include <stdlib.h>
    #include <unistd.h>
    int run(char **argv)
    {
      int pid = fork();
      if (pid == 0) {
        execv(argv[0], argv);
        warn("failed");
        exit(127);
      }
      warn("started");
      return pid;
    }

    """

  private func project() throws -> Project {
    try Project(["src/log.h": Self.header, "src/log.c": Self.log, "src/a.c": Self.spawner, "readme": ""])
  }

  @Test func nothingChanged() throws {
    let project = try project()
    defer { project.scratch.remove() }
    #expect(try project.check("src") == ["src/a.c:10 [child-exit]"])
    #expect(try project.check("src", "--diff", "HEAD") == [])
    _ = try project.scratch.write("readme", "changed")
    #expect(try project.check("src", "--diff", "HEAD") == [])
  }

  @Test func changedLines() throws {
    let project = try project()
    defer { project.scratch.remove() }
    _ = try project.scratch.write("src/a.c", Self.spawner.replacing("exit(127)", with: "exit(126)"))
    #expect(try project.check("src", "--diff", "HEAD") == ["src/a.c:10 [child-exit]"])
    #expect(try project.check("a.c", "log.c", "--diff", "HEAD", in: "src") == ["a.c:10 [child-exit]"])
    _ = try project.scratch.write("src/a.c", "/* moved */\n" + Self.spawner)
    #expect(try project.check("src", "--diff", "HEAD") == [])
  }

  /// The logger changes, the finding stands where it is called.
  @Test func newlyReachable() throws {
    let project = try project()
    defer { project.scratch.remove() }
    _ = try project.scratch.write(
      "src/log.c",
      Self.log.replacing("<unistd.h>", with: "<stdio.h>").replacing("write(2, text, 1)", with: "puts(text)"))
    #expect(try project.check("src", "--diff", "HEAD") == ["src/a.c:9 [child-stdio]"])
    try project.commit()
    #expect(try project.check("src", "--diff", "HEAD") == [])
    #expect(try project.check("src", "--diff", "HEAD~1") == ["src/a.c:9 [child-stdio]"])
  }

  /// A line that is gone leads to an old one.
  @Test func reachableThroughADeletion() throws {
    let project = try Project([
      "a.c": Self.spawner.replacing("#include \"log.h\"\n", with: Self.header)
        .replacing("warn(\"failed\");", with: "_exit(1);")
    ])
    defer { project.scratch.remove() }
    #expect(try project.check("a.c", "--diff", "HEAD") == [])
    let text = Self.spawner.replacing("#include \"log.h\"\n", with: Self.header)
      .replacing("    warn(\"failed\");\n", with: "")
    _ = try project.scratch.write("a.c", text)
    #expect(try project.check("a.c", "--diff", "HEAD") == ["a.c:9 [child-exit]"])
  }

  /// A header makes the difference.
  @Test func changedMacro() throws {
    let project = try Project([
      "end.h": "#define END _exit\n",
      "a.c": RunTests.good.replacing("_exit(127)", with: "END(127)").replacing(
        "#include <stdlib.h>", with: "#include <stdlib.h>\n#include \"end.h\""),
    ])
    defer { project.scratch.remove() }
    _ = try project.scratch.write("end.h", "#define END exit\n")
    #expect(try project.check("a.c", "--diff", "HEAD") == ["a.c:9 [child-exit]"])
  }

  @Test func newRenamedAndDeletedFiles() throws {
    let project = try project()
    defer { project.scratch.remove() }
    try project.git("mv", "src/a.c", "src/b.c")
    #expect(try project.check("src", "--diff", "HEAD") == [])
    _ = try project.scratch.write("src/c.c", Self.spawner.replacing("run(", with: "walk("))
    #expect(try project.check("src", "--diff", "HEAD") == ["src/c.c:10 [child-exit]"])
    try project.git("rm", "--quiet", "--force", "src/log.c")
    #expect(
      try project.check("src", "--diff", "HEAD") == [
        "src/b.c:9 [unknown-call]", "src/c.c:9 [unknown-call]", "src/c.c:10 [child-exit]",
      ])
  }

  /// What others did on the other branch since then counts on neither side.
  @Test func branches() throws {
    let project = try project()
    defer { project.scratch.remove() }
    try project.git("checkout", "--quiet", "-b", "work")
    _ = try project.scratch.write("src/c.c", RunTests.bad)
    try project.commit()
    try project.git("checkout", "--quiet", "main")
    _ = try project.scratch.write("src/a.c", Self.spawner.replacing("exit(127)", with: "_exit(127)"))
    try project.commit()
    try project.git("checkout", "--quiet", "work")
    #expect(try project.check("src", "--diff", "main") == ["src/c.c:8 [child-exit]"])
  }

  @Test func summaryCountsTheOthers() throws {
    let project = try project()
    defer { project.scratch.remove() }
    let outcome = try Command.run(["check", "src", "--diff", "HEAD"], in: project.scratch.folder)
    #expect(outcome.output.hasSuffix("1 finding not concerned by the changes\n"))
    let json = try Command.run(
      ["check", "--format", "json", "src", "--diff", "HEAD"], in: project.scratch.folder)
    #expect(json.output.contains("\"outsideChanges\" : 1"))
  }

  @Test func failures() throws {
    let project = try project()
    defer { project.scratch.remove() }
    let unknown = try Command.run(["check", "src", "--diff", "nowhere"], in: project.scratch.folder)
    #expect(unknown.status == 2)
    #expect(unknown.errors == "spawnlint: error: --diff nowhere: git knows no such commit here\n")
    let option = try Command.run(["check", "src", "--diff=--output=x"], in: project.scratch.folder)
    #expect(option.errors == "spawnlint: error: --diff --output=x: git knows no such commit here\n")
    let outside = try Scratch()
    defer { outside.remove() }
    _ = try outside.write("a.c", RunTests.bad)
    let none = try Command.run(["check", "a.c", "--diff", "HEAD"], in: outside.folder)
    #expect(none.status == 2)
    #expect(none.errors.hasPrefix("spawnlint: error: --diff needs a git repository: "))
  }
}
