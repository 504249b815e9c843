import Foundation
import Testing

@testable import Project

/// Compile databases as builds write them.
@Suite struct CompileDatabaseTests {
  private func command(_ line: String, input: String = "a.c") -> CompileCommand {
    CompileCommand(words: ShellWords.split(line), input: input)
  }

  /// A folder with the given files; `@` in them stands for the folder.
  private func withFiles(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "spawnlint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.replacingOccurrences(of: "@ROOT", with: folder.path).utf8).write(to: file)
    }
    try body(folder.path)
  }

  @Test(arguments: [
    ("gcc -DA -c a.c", "gcc"), ("ccache gcc -DA -c a.c", "gcc"),
    ("distcc /usr/bin/cc -DA -c a.c", "/usr/bin/cc"),
    ("env CCACHE_DIR=/x LANG=C sccache clang -DA -c a.c", "clang"),
    ("/bin/bash ../libtool --silent --tag=CC --mode=compile gcc -DA -c a.c", "gcc"),
    ("x86_64-linux-gnu-libtool --tag=CC --mode=compile cc -DA -c a.c", "cc"),
  ])
  func wrappersAreNoCompilers(_ line: String, _ compiler: String) {
    let command = command(line)
    #expect(command.compiler == compiler)
    #expect(command.flags == ["-DA"])
    #expect(command.isC)
  }

  @Test func whatWritesOrLoadsIsDropped() {
    let line = """
      cc -o a.o -MD -MF a.d -MT x -Xclang -load -Xclang ./evil.so -mllvm -info-output-file=/tmp/x -I. -c a.c
      """
    #expect(command(line.replacingOccurrences(of: "\n", with: " ")).flags == ["-I."])
    #expect(command("cc -oa.o -c a.c").output == "a.o")
    #expect(command("cc -o libx.so.p/a.c.o -c a.c").output == "libx.so.p/a.c.o")
  }

  @Test(arguments: [
    ("cc -c a.c", "a.c", true), ("cc -c a.cc", "a.cc", false), ("cc -c a.C", "a.C", false),
    ("g++ -c a.c", "a.c", false), ("clang++-15 -c a.c", "a.c", false), ("cc -x c++ -c a.c", "a.c", false),
    ("cc -xc -c a.inc", "a.inc", true), ("cc -c a.S", "a.S", false), ("rustc a.rs", "a.rs", false),
  ])
  func onlyCCounts(_ line: String, _ input: String, _ isC: Bool) {
    #expect(command(line, input: input).isC == isC)
  }

  @Test(arguments: [
    ("arm-linux-gnueabihf-gcc", "arm-linux-gnueabihf"), ("/x/aarch64-linux-gnu-gcc-12", "aarch64-linux-gnu"),
    ("x86_64-w64-mingw32-clang", "x86_64-w64-mingw32"), ("gcc-12", nil), ("gcc", nil), ("my-gcc", nil),
    ("xtensa-esp32-elf-gcc", nil), ("arm-none-eabi-ld", nil),
  ])
  func targetsOfCompilers(_ compiler: String, _ target: String?) {
    #expect(CompileCommand.target(ofDriver: compiler) == target)
  }

  @Test func responseFilesAreExpanded() throws {
    try withFiles([
      "build/flags.rsp": "-DA '-DB=1 2' @more.rsp", "build/more.rsp": "-DC @flags.rsp", "a.c": "",
      "build/compile_commands.json":
        #"[{"directory": "@ROOT/build", "file": "../a.c", "command": "cc @flags.rsp @none.rsp -c ../a.c"}]"#,
    ]) { root in
      let unit = try CompileDatabase(at: root + "/build").units.first
      let flags = try #require(unit).flags
      // The circle ends, and a file that is not there stays a word.
      #expect(flags.prefix(3) == ["-DA", "-DB=1 2", "-DC"])
      #expect(flags.last == "@none.rsp")
    }
  }

  @Test func directoriesMayBeRelative() throws {
    try withFiles([
      "build/compile_commands.json":
        #"[{"directory": "../src", "file": "a.c", "arguments": ["cc", "-Iinc", "-c", "a.c"], "output": "o/a.o"}]"#
    ]) { root in
      let first = try CompileDatabase(at: root + "/build").units.first
      let unit = try #require(first)
      #expect(unit.file == root + "/src/a.c")
      #expect(unit.directory == root + "/src")
      #expect(unit.output == root + "/src/o/a.o")
    }
  }

  @Test func repeatedEntriesCountOnce() throws {
    let entry = #"{"directory": "/x", "file": "a.c", "command": "cc -DA -o O.o -c a.c"}"#
    let entries = [entry, entry, entry.replacingOccurrences(of: "-DA", with: "-DB")]
    try withFiles(["compile_commands.json": "[\(entries.joined(separator: ","))]"]) { root in
      let units = try CompileDatabase(at: root).units
      #expect(units.map(\.flags) == [["-DA"], ["-DB"]])
    }
  }

  @Test func plainFlagsFile() throws {
    try withFiles(["p/compile_flags.txt": "-DA\n  -Iinc  \n\n-DB=1 2\n", "p/src/a.c": ""]) { root in
      let database = try CompileDatabase(at: root + "/p")
      #expect(database.units.isEmpty)
      #expect(
        database.units(for: root + "/p/src/a.c")
          == [
            SourceUnit(file: root + "/p/src/a.c", flags: ["-DA", "-Iinc", "-DB=1 2"], directory: root + "/p")
          ])
    }
  }

  @Test func theNearestOneIsFound() throws {
    let database = #"[{"directory": "@ROOT", "file": "src/a.c", "command": "cc -DFOUND -c src/a.c"}]"#
    try withFiles(["build/compile_commands.json": database, "src/a.c": "", "src/b.c": ""]) { root in
      let configuration = Configuration(workingDirectory: FileManager.default.currentDirectoryPath)
      let collection = try UnitCollection(
        paths: [root + "/src"], configuration: configuration, readStandardInput: { "" })
      #expect(collection.units.map(\.flags) == [["-DFOUND"], []])
      #expect(collection.remarks.isEmpty)
    }
  }

  @Test func driversAreAskedOnlyWhereAllowed() throws {
    try withFiles([
      "cc": "#!/bin/sh\necho asked >> @ROOT/log\nprintf '%s\\n' 'Target: arm-linux-gnueabihf' \\\n"
        + "'#include <...> search starts here:' ' /opt/cross/include' 'End of search list.' >&2\n",
      "a.c": "",
      "compile_commands.json": #"[{"directory": "@ROOT", "file": "a.c", "command": "./cc -DA -c a.c"}]"#,
    ]) { root in
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: root + "/cc")
      var configuration = Configuration(workingDirectory: root)
      configuration.buildDirectory.set(root, from: .builtIn)
      func flags(_ patterns: [String]) throws -> [String]? {
        try UnitCollection(
          paths: [], configuration: configuration, queriedDrivers: patterns, readStandardInput: { "" }
        ).units.first?.flags
      }
      #expect(try flags([]) == ["-DA"])
      #expect(try flags(["/usr/bin/*"]) == ["-DA"])
      #expect(!FileManager.default.fileExists(atPath: root + "/log"))
      #expect(
        try flags([root + "/*"]) == ["--target=arm-linux-gnueabihf", "-isystem", "/opt/cross/include", "-DA"])
    }
  }
}
