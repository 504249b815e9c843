import Foundation
import Testing

/// `--fix` and `--fix=diff`: what is changed, and what is left alone.
@Suite struct FixTests {
  /// A child that ends in `exit`; `%` is what it does before.
  private static let child = """
    #include <stdio.h>
    #include <stdlib.h>
    #include <unistd.h>
    int run(char **argv)
    {
      int pid = fork();
      if (pid == 0) {
        execv(argv[0], argv);
        %
        exit(EXIT_FAILURE);
      }
      return pid;
    }

    """
  private static let reader = """
    #define _GNU_SOURCE
    #include <fcntl.h>
    #include <stdio.h>
    #include <unistd.h>
    extern char **environ;
    int start(char *const argv[], int *pid)
    {
      int ends[2];
      if (pipe(ends) < 0)
        return -1;
      *pid = fork();
      if (*pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execve(argv[0], argv, environ);
        _exit(127);
      }
      close(ends[1]);
      return ends[0];
    }

    """

  private func after(_ text: String, _ arguments: [String] = []) throws -> String {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let file = try scratch.write("a.c", text)
    let outcome = try Command.run(["check", "--fix", "a.c"] + arguments, in: scratch.folder)
    #expect(outcome.status < 2, "\(outcome.errors)")
    let result = try String(contentsOf: file, encoding: .utf8)
    #expect(outcome.errors.contains("fixed") == (result != text), "\(outcome.errors)")
    let again = try Command.run(["check", "--fix", "a.c"] + arguments, in: scratch.folder)
    #expect(try String(contentsOf: file, encoding: .utf8) == result)
    #expect(again.output == outcome.output)
    return result
  }

  // MARK: exit

  @Test(arguments: [
    "", "perror(argv[0]);", "fprintf(stderr, \"no %s\\n\", argv[0]);", "fputs(\"no\\n\", stderr);",
    "write(2, \"no\\n\", 3);", "char text[9]; snprintf(text, 9, \"no\"); write(2, text, 2);",
  ])
  func exitBecomesImmediate(_ before: String) throws {
    let text = Self.child.replacing("%", with: before)
    #expect(try after(text) == text.replacing("exit(EXIT", with: "_exit(EXIT"))
  }

  @Test func fixedIsClean() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", Self.child.replacing("%", with: ""))
    let outcome = try Command.run(["check", "--fix", "a.c"], in: scratch.folder)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "spawnlint: note: a.c: 1 finding fixed\n")
    #expect(outcome.output.hasPrefix("no findings; 1 spawn site: 1 verified"))
    #expect(try Command.run(["check", "a.c"], in: scratch.folder).output == outcome.output)
  }

  @Test(arguments: [
    // What stands in a buffer would be lost.
    ("%", "printf(\"no %s\\n\", argv[0]);"), ("%", "fputs(\"no\\n\", stdout);"), ("%", "putchar('x');"),
    // So would what is not known, and what the child itself registered.
    ("%", "somewhere();"), ("%", "atexit(somewhere);"),
    // It never execs.
    ("execv(argv[0], argv);", "write(1, argv[0], 1);"),
    // The text is not the call's own.
    ("exit(EXIT_FAILURE)", "END"), ("exit(EXIT_FAILURE)", "exit_(EXIT_FAILURE)"),
    ("exit(EXIT_FAILURE)", "IDENTITY(exit(EXIT_FAILURE))"), ("exit(EXIT_FAILURE)", "(exit)(EXIT_FAILURE)"),
    // Nobody declares the other one.
    ("#include <unistd.h>", "int fork(void); int execv(const char *, char *const *);"),
    // It is another thing there.
    ("#include <unistd.h>", "#include <unistd.h>\n#define _exit(status) somewhere()"),
  ])
  func exitStays(_ replaced: String, _ by: String) throws {
    let macros = "#define END exit(1)\n#define exit_(s) exit(s)\n#define IDENTITY(x) x\n"
    let text =
      macros
      + Self.child.replacing(replaced, with: by).replacing("%", with: "")
      .replacing("int run", with: "void somewhere(void);\nint run")
    #expect(try after(text) == text)
  }

  /// A macro of the same name may do more.
  @Test func macroOfTheSameName() throws {
    let text = Self.child.replacing("%", with: "").replacing(
      "int run", with: "#define exit(s) do { write(2, \"\", 1); exit(s); } while (0)\nint run")
    #expect(try after(text) == text)
  }

  @Test func functionsForChildrenAlone() throws {
    let helper = Self.child.replacing("%", with: "fail();").replacing("exit(EXIT_FAILURE);", with: "")
      .replacing("int run", with: "static void fail(void) { exit(1); }\nint run")
    #expect(try after(helper) == helper.replacing("exit(1)", with: "_exit(1)"))
    // Other files may call it, unless there are none.
    let external = helper.replacing("static void", with: "void")
    #expect(try after(external) == external)
    let whole = external + "int main(int argc, char **argv) { return run(argv); }\n"
    #expect(try after(whole) == whole.replacing("exit(1)", with: "_exit(1)"))
    // A child that goes on working and writes calls it as well.
    let working =
      helper + "int work(void) { int pid = fork(); if (pid == 0) { printf(\"x\"); fail(); } return pid; }\n"
    #expect(try after(working) == working)
    // The parent calls it as well.
    let shared = helper.replacing("return pid", with: "if (pid < 0) fail();\n  return pid")
    #expect(try after(shared) == shared)
  }

  @Test func bytesStay() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let file = scratch.folder.appendingPathComponent("a.c")
    func fixed(_ text: [UInt8]) throws -> [UInt8] {
      try Data(text).write(to: file)
      #expect(try Command.run(["check", "--fix", "--quiet", "a.c"], in: scratch.folder).status == 0)
      return Array(try Data(contentsOf: file))
    }
    let text = Self.child.replacing("%", with: "/* \u{FF} \u{FF} */")
    let latin = Array(text.unicodeScalars.map { UInt8($0.value) })
    let expected = text.replacing("exit(EXIT", with: "_exit(EXIT")
    #expect(try fixed(latin) == expected.unicodeScalars.map { UInt8($0.value) })
    // In the line itself, before the call.
    let inLine = Self.child.replacing("exit(", with: "/* é */ exit(").replacing("%", with: "")
    #expect(
      try fixed(Array(inLine.utf8)) == Array(inLine.replacing("exit(EXIT", with: "_exit(EXIT").utf8))
    let dos = Self.child.replacing("%", with: "").replacing("\n", with: "\r\n")
    #expect(try fixed(Array(dos.utf8)) == Array(dos.replacing("exit(EXIT", with: "_exit(EXIT").utf8))
    let endless = String(Self.child.replacing("%", with: "").dropLast())
    #expect(
      try fixed(Array(endless.utf8)) == Array(endless.replacing("exit(EXIT", with: "_exit(EXIT").utf8))
    let twice = Self.child.replacing("%", with: "if (argv[1]) exit(1); else")
    #expect(
      try fixed(Array(twice.utf8))
        == Array(
          twice.replacing("exit(EXIT", with: "_exit(EXIT").replacing(" exit(1)", with: " _exit(1)").utf8))
  }

  @Test func acceptedOnesStay() throws {
    let text = Self.child.replacing("%", with: "// spawnlint: allow(child-exit) no handlers")
    #expect(try after(text) == text)
  }

  // MARK: pipe

  @Test func pipeClosesOnExec() throws {
    let fixed = Self.reader.replacing("pipe(ends)", with: "pipe2(ends, O_CLOEXEC)")
    #expect(try after(Self.reader) == fixed)
    #expect(try after(Self.reader, ["--platform", "musl"]) == fixed)
    let wide = Self.reader.replacing("pipe(ends)", with: "pipe(\n    ends)")
    #expect(try after(wide) == wide.replacing("pipe(\n    ends)", with: "pipe2(\n    ends, O_CLOEXEC)"))
    for platform in ["posix-2017", "macos"] {
      #expect(try after(Self.reader, ["--platform", platform]) == Self.reader)
    }
  }

  @Test(arguments: [
    // Neither declared nor defined.
    ("#define _GNU_SOURCE", ""), ("#include <fcntl.h>", ""),
    // The child may exec with it.
    ("    close(ends[1]);\n    execve", "    if (argv[1]) close(ends[1]);\n    execve"),
    ("    close(ends[0]);", "    if (argv[1]) execve(argv[1], argv, environ);"),
    ("dup2(", "char text[20]; snprintf(text, 20, \"%d\", ends[1]); dup2("),
    ("execve(argv[0], argv, environ);", "serve(argv);"),
    ("    close(ends[1]);\n    execve", "    execve"), ("dup2(", "if (ends[1] != STDOUT_FILENO) dup2("),
    ("dup2(ends[1]", "keep(ends[1]); dup2(ends[1]"), ("dup2(ends[1]", "last = ends[1]; dup2(ends[1]"),
    ("*pid = fork", "last = ends[1];\n  *pid = fork"), ("*pid = fork", "show(ends);\n  *pid = fork"),
    ("pipe(ends)", "PIPE(ends)"),
  ])
  func pipeStays(_ replaced: String, _ by: String) throws {
    let text =
      Self.reader.replacing(replaced, with: by)
      .replacing(
        "int start",
        with: """
          #define PIPE(a) pipe(a)
          static int last;
          static void keep(int fd) { last = fd; }
          static void show(int *fds) { last = fds[0]; }
          void serve(char *const argv[]);
          int start
          """)
    #expect(try after(text) == text)
  }

  // MARK: Files

  @Test func readOnlyFilesStay() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let text = Self.child.replacing("%", with: "")
    let file = try scratch.write("a.c", text)
    let other = try scratch.write("b.c", text)
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file.path)
    let outcome = try Command.run(["check", "--fix", "a.c", "b.c"], in: scratch.folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == """
        spawnlint: note: a.c: not fixed: it is read-only
        spawnlint: note: b.c: 1 finding fixed

        """)
    #expect(outcome.output.hasPrefix("a.c:10:5: warning: 'exit'"))
    #expect(!outcome.output.contains("b.c:10:5: warning"))
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
    #expect(try String(contentsOf: other, encoding: .utf8) != text)
  }

  @Test func linksAndModesStay() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let text = Self.child.replacing("%", with: "")
    let file = try scratch.write("sources/a.c", text)
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file.path)
    let link = scratch.folder.appendingPathComponent("link.c")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "sources/a.c")
    #expect(try Command.run(["check", "--fix", "link.c"], in: scratch.folder).status == 0)
    #expect(try String(contentsOf: file, encoding: .utf8).contains("_exit(EXIT"))
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o666)
    let kind = try FileManager.default.attributesOfItem(atPath: link.path)[.type] as? FileAttributeType
    #expect(kind == .typeSymbolicLink)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path + "/sources") == ["a.c"])
  }

  /// Each variant must bear a fix, or not have the code.
  @Test func variants() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write(
      ".spawnlint.yml", "variants: [{name: one, flags: [-DONE]}, {name: two, flags: [-DTWO]}]\n")
    func fixed(_ text: String) throws -> Bool {
      let file = try scratch.write("a.c", text)
      #expect(try Command.run(["check", "--fix", "a.c"], in: scratch.folder).status < 2)
      return try String(contentsOf: file, encoding: .utf8) == text.replacing("exit(EXIT", with: "_exit(EXIT")
    }
    let text = Self.child.replacing("%", with: "")
    #expect(try fixed(text))
    // The code is there in one alone.
    #expect(try fixed(text.replacing("int run", with: "#ifdef ONE\nint run") + "#endif\n"))
    // In the other it is a parent's.
    #expect(
      try !fixed(text.replacing("fork();", with: "\n#ifdef ONE\nfork();\n#else\n0;\n#endif")))
    // In the other it is no call of exit, or the new one is not declared.
    #expect(try !fixed(text.replacing("int run", with: "#ifdef ONE\n#define exit _exit\n#endif\nint run")))
    let declarations =
      "#ifdef ONE\n#include <unistd.h>\n#else\nint fork(void); int execv(const char *, char **);\n#endif"
    #expect(try !fixed(text.replacing("#include <unistd.h>", with: declarations)))
  }

  // MARK: The difference

  @Test func difference() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let text = Self.child.replacing("%", with: "")
    _ = try scratch.write("a.c", text)
    _ = try scratch.write("d/b.c", Self.reader)
    let outcome = try Command.run(
      ["check", "--fix=diff", "--report", "json=report.json", "a.c", "d/b.c"], in: scratch.folder)
    #expect(outcome.status == 1)
    #expect(outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        --- a/a.c
        +++ b/a.c
        @@ -7,7 +7,7 @@
           if (pid == 0) {
             execv(argv[0], argv);
             
        -    exit(EXIT_FAILURE);
        +    _exit(EXIT_FAILURE);
           }
           return pid;
         }
        --- a/d/b.c
        +++ b/d/b.c
        @@ -6,7 +6,7 @@
         int start(char *const argv[], int *pid)
         {
           int ends[2];
        -  if (pipe(ends) < 0)
        +  if (pipe2(ends, O_CLOEXEC) < 0)
             return -1;
           *pid = fork();
           if (*pid == 0) {

        """)
    let report = try String(
      contentsOf: scratch.folder.appendingPathComponent("report.json"), encoding: .utf8)
    #expect(report.contains("\"description\" : \"Replace 'pipe' by 'pipe2' with O_CLOEXEC.\""))
    #expect(
      try String(contentsOf: scratch.folder.appendingPathComponent("a.c"), encoding: .utf8) == text)
    let input = try Command.run(
      ["check", "--fix=diff", "--stdin-name", "x.c", "-"], in: scratch.folder, input: text)
    #expect(input.output.hasPrefix("--- a/x.c\n+++ b/x.c\n@@ -7,7 +7,7 @@\n"))
  }

  /// Names are those that `git apply` finds in the working directory, whatever the compile database calls the files.
  @Test func differenceOfABuild() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("src/a.c", Self.child.replacing("%", with: ""))
    let folder = scratch.folder.resolvingSymlinksInPath().path
    for file in ["../src/a.c", "\(folder)/src/a.c"] {
      _ = try scratch.write(
        "build/compile_commands.json",
        "[{\"directory\": \"\(folder)/build\", \"file\": \"\(file)\", \"command\": \"cc -c \(file)\"}]")
      let outcome = try Command.run(["check", "--fix=diff", "-p", "build"], in: scratch.folder)
      #expect(outcome.output.hasPrefix("--- a/src/a.c\n+++ b/src/a.c\n"), "\(outcome.output)")
    }
    #expect(try Command.run(["check", "--fix", "-p", "build"], in: scratch.folder).status == 0)
    let text = try String(contentsOf: scratch.folder.appendingPathComponent("src/a.c"), encoding: .utf8)
    #expect(text.contains("_exit(EXIT"))
  }

  @Test(arguments: [
    (["--fix", "-"], "--fix cannot change stdin.c, which is standard input: --fix=diff shows the changes"),
    (
      ["--fix=diff", "--format", "json", "a.c"],
      "--fix=diff writes to standard output: use --report json=FILE for a report beside it"
    ),
    (["--fix=all", "a.c"], "The value 'all' is invalid for '--fix <mode>'"),
  ])
  func mistakes(_ arguments: [String], _ message: String) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", Self.child)
    let outcome = try Command.run(["check"] + arguments, in: scratch.folder)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("spawnlint: error: \(message)"), "\(outcome.errors)")
  }
}
