import Foundation
import Testing

/// Sources that cannot be read, or not as what they seem: the run goes on, and its status tells.
@Suite struct BadSourceTests {
  private func run(_ scratch: Scratch, _ arguments: [String]) throws -> Command.Outcome {
    try Command.run(arguments, in: scratch.folder)
  }

  private func write(_ bytes: [UInt8], to name: String, in scratch: Scratch) throws {
    try Data(bytes).write(to: scratch.folder.appendingPathComponent(name))
  }

  /// A name with a byte that is no UTF-8, which Swift's own functions cannot give.
  private func makeLatinFile(_ text: String, in scratch: Scratch) throws {
    let name = Array(scratch.folder.path.utf8CString.dropLast()) + "/caf".utf8CString.dropLast()
    let path = name + [CChar(bitPattern: 0xE9)] + ".c".utf8CString
    let file = open(path, O_WRONLY | O_CREAT, 0o644)
    try #require(file >= 0)
    _ = text.withCString { Foundation.write(file, $0, strlen($0)) }
    close(file)
  }

  @Test func encodings() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let text = RunTests.bad.replacing("execv", with: "/* \u{E9} */ execv")
    let finding = ".c:8:5: warning: 'exit'"
    try write(Array(text.unicodeScalars.map { UInt8($0.value) }), to: "latin.c", in: scratch)
    try write([0xEF, 0xBB, 0xBF] + Array(text.utf8), to: "mark.c", in: scratch)
    try write(Array(text.replacing("\n", with: "\r\n").utf8), to: "dos.c", in: scratch)
    for name in ["latin", "mark", "dos"] {
      let outcome = try run(scratch, ["check", name + ".c"])
      #expect(outcome.status == 1 && outcome.errors.isEmpty)
      #expect(outcome.output.hasPrefix(name + finding), "\(outcome.output)")
      #expect(!outcome.output.contains("\r"))
      for format in ["sarif", "json", "github", "gitlab", "junit", "rdjson", "checkstyle", "codechecker"] {
        let report = try run(scratch, ["check", "--format", format, name + ".c"])
        #expect(report.status == 1 && report.output.contains("child-exit"))
      }
    }
    try write(
      [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, to: "wide.c", in: scratch)
    let wide = try run(scratch, ["check", "wide.c"])
    #expect(wide.status == 3)
    #expect(wide.output.hasPrefix("wide.c: error: UTF-16"))
    try write([], to: "empty.c", in: scratch)
    #expect(try run(scratch, ["check", "empty.c"]).status == 0)
    try write(Array(RunTests.bad.replacing("8", with: "8").utf8) + [0, 0], to: "zeros.c", in: scratch)
    #expect(try run(scratch, ["check", "zeros.c"]).output.hasPrefix("zeros" + finding))
  }

  /// Columns of standard input count its bytes, whatever they are.
  @Test func standardInputThatIsNoText() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let text = RunTests.bad.replacing("    exit", with: "/*?*/ exit")
    try write(Array(text.utf8).map { $0 == UInt8(ascii: "?") ? 0xE9 : $0 }, to: "a.c", in: scratch)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "'\(Command.program.path)' check --quiet - <a.c >out"]
    process.currentDirectoryURL = scratch.folder
    try process.run()
    process.waitUntilExit()
    let output = try String(contentsOf: scratch.folder.appendingPathComponent("out"), encoding: .utf8)
    #expect(output.hasPrefix("stdin.c:8:7: warning: 'exit'"))
  }

  /// A header that a flag asks for is named by no line of the source.
  @Test func missingHeaderOfAFlag() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", RunTests.good)
    let outcome = try run(scratch, ["check", "a.c", "--", "-include", "missing.h"])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("'missing.h' file not found"))
  }

  @Test func namesThatAreNoText() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try makeLatinFile(RunTests.bad, in: scratch)
    let alone = try run(scratch, ["check", "."])
    #expect(alone.status == 3)
    #expect(
      alone.output.hasPrefix("./caf\u{FFFD}.c: error: cannot be read: its name is not UTF-8: rename it"))
    _ = try scratch.write("a.c", RunTests.bad)
    let both = try run(scratch, ["check", "."])
    #expect(both.status == 1)
    #expect(both.output.contains("name is not UTF-8") && both.output.contains("a.c:8:5: warning"))
    for format in ["sarif", "json", "gitlab", "junit", "rdjson", "checkstyle", "codechecker", "markdown"] {
      #expect(try run(scratch, ["check", "--format", format, "."]).output.contains("name is not UTF-8"))
    }
    let listed = try run(scratch, ["check", "--list-files", "."])
    #expect(listed.status == 3 && listed.output == "./a.c\n")
    _ = try scratch.write(".spawnlint.yml", "exclude: ['caf*']\n")
    #expect(try run(scratch, ["check", "--fail-on", "never", "."]).status == 0)
  }

  @Test func argumentsThatAreNoText() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try makeLatinFile(RunTests.bad, in: scratch)
    let script = try scratch.write("script", "exec '\(Command.program.path)' check caf*.c\n")
    let outcome = try Command.run([script.path], in: scratch.folder, program: URL(fileURLWithPath: "/bin/sh"))
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("spawnlint: error: 'caf\u{FFFD}.c' is not UTF-8: rename the file"))
  }

  /// Swift could not find the configuration there, nor write a file.
  @Test func workingDirectoryThatIsNoText() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let script = try scratch.write(
      "script", "d=$(printf 'd\\351'); mkdir $d; cd $d; exec '\(Command.program.path)' rules\n")
    let outcome = try Command.run([script.path], in: scratch.folder, program: URL(fileURLWithPath: "/bin/sh"))
    #expect(outcome.status == 2)
    #expect(
      outcome.errors == "spawnlint: error: the name of the working directory is not UTF-8: rename it\n")
  }

  @Test func unreadableFilesAndFolders() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let file = try scratch.write("a.c", RunTests.good)
    let folder = try scratch.write("d/b.c", RunTests.bad).deletingLastPathComponent()
    func protect(_ mode: Int) throws {
      for path in [file.path, folder.path] {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      }
    }
    // Root may read all.
    let user = geteuid() == 0 ? ["/usr/bin/setpriv", "--reuid", "65534", "--clear-groups"] : ["/usr/bin/env"]
    func run(_ arguments: [String]) throws -> Command.Outcome {
      try Command.run(
        user.dropFirst() + [Command.program.path] + arguments, in: scratch.folder,
        program: URL(fileURLWithPath: user[0]))
    }
    guard try run(["--version"]).status == 0 else { return }
    try protect(0)
    defer { try? protect(0o755) }
    let named = try run(["check", "a.c"])
    #expect(named.status == 2)
    #expect(named.errors == "spawnlint: error: 'a.c': cannot be read: check its permissions\n")
    let below = try run(["check", "d"])
    #expect(below.status == 3)
    #expect(below.output.hasPrefix("d: error: cannot be read: Permission denied"))
    #expect(try run(["check", "--threads", "no", "d"]).status == 3)
  }

  /// What could not be read may create threads.
  @Test func unreadCodeMayCreateThreads() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", RunTests.bad + "int main(int n, char **v) { return run(v + n); }\n")
    #expect(try run(scratch, ["check", "."]).output.contains("single-threaded"))
    try makeLatinFile("", in: scratch)
    #expect(try run(scratch, ["check", "."]).output.contains("threads possible"))
  }

  @Test func circlesOfLinks() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("d/a.c", RunTests.bad)
    func link(_ name: String, _ target: String) throws {
      try FileManager.default.createSymbolicLink(
        atPath: scratch.folder.appendingPathComponent(name).path, withDestinationPath: target)
    }
    try link("d/up", "..")
    try link("d/self.c", "self.c")
    try link("d/nothing.c", "missing.c")
    try link("d/folder.c", ".")
    #expect(try run(scratch, ["check", "--list-files", "."]).output == "./d/a.c\n")
    #expect(try run(scratch, ["check", "--list-files", "d/up/d"]).output == "d/up/d/a.c\n")
    let circle = try run(scratch, ["check", "d/self.c"])
    #expect(circle.status == 2 && circle.errors.contains("'d/self.c': no such file or directory"))
  }

  @Test func listedFiles() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for name in ["b.c", "a.c", "d/c.c", "x/y.c", "h.h"] { _ = try scratch.write(name, "") }
    _ = try scratch.write(".spawnlint.yml", "exclude: [x/]\n")
    let database = """
      [{"directory": "\(scratch.folder.path)", "file": "b.c", "command": "cc -c b.c"},
       {"directory": "\(scratch.folder.path)", "file": "d/c.c", "command": "cc -c d/c.c"}]
      """
    _ = try scratch.write("compile_commands.json", database)
    // What the nearest database compiles has its names, and its flags.
    let names = "\(scratch.folder.path)/b.c\n\(scratch.folder.path)/d/c.c\n"
    let all = try run(scratch, ["--list-files", "."])
    #expect(all.status == 0 && all.output == "./a.c\n" + names)
    let built = try run(scratch, ["check", "--list-files", "-p", "."])
    #expect(built.output == names)
    #expect(try run(scratch, ["check", "--list-files", "-o", "files", "a.c"]).output.isEmpty)
    #expect(
      try String(contentsOf: scratch.folder.appendingPathComponent("files"), encoding: .utf8) == "a.c\n")
  }
}
