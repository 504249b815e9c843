import Foundation
import Testing

@testable import Project

@Suite struct UnitCollectionTests {
  /// A folder with the given files.
  private func withFiles(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "spawnlint-\(UUID().uuidString)")
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func collect(
    _ paths: [String], build: String? = nil, flags: [String] = [], input: String = ""
  ) throws -> UnitCollection {
    var configuration = Configuration(workingDirectory: FileManager.default.currentDirectoryPath)
    configuration.buildDirectory.set(build, from: .builtIn)
    configuration.flags.set(flags, from: .builtIn)
    return try UnitCollection(paths: paths, configuration: configuration, readStandardInput: { input })
  }

  @Test func directoriesAreSortedAndHiddenOnesSkipped() throws {
    try withFiles(["b.c": "", "a/z.c": "", "a/x.h": "", ".git/c.c": "", "a/.d/c.c": "", "a/B.C": ""]) {
      root in
      let units = try collect([root], flags: ["-DX"]).units
      #expect(units == ["a/z.c", "b.c"].map { SourceUnit(file: "\(root)/\($0)", flags: ["-DX"]) })
    }
  }

  @Test func linksToDirectoriesAreNotFollowed() throws {
    try withFiles(["a/x.c": ""]) { root in
      try FileManager.default.createSymbolicLink(atPath: root + "/a/up", withDestinationPath: root)
      let units = try collect([root]).units
      #expect(units.map(\.file) == [root + "/a/x.c"])
    }
  }

  @Test func nothingComesTwice() throws {
    try withFiles(["a.c": ""]) { root in
      let units = try collect([root + "/a.c", root, root + "/./a.c"]).units
      #expect(units.count == 1)
    }
  }

  @Test func standardInput() throws {
    #expect(
      try collect(["-", "-"], flags: ["-O"], input: "int x;").units
        == [SourceUnit(file: "stdin.c", flags: ["-O"], contents: "int x;")])
  }

  @Test func databaseGivesFlags() throws {
    let files = ["src/a.c": "", "src/b.c": "", "src/new.c": "", "build/x": ""]
    try withFiles(files) { root in
      let database = """
        [
          {"directory": "\(root)/build", "file": "../src/a.c", "output": "a.o",
           "arguments": ["cc", "-I.", "-DA", "-o", "a.o", "-MD", "-MF", "a.d", "-c", "../src/a.c"]},
          {"directory": "\(root)/build", "file": "../src/a.c", "command": "cc -DSECOND -c ../src/a.c"},
          {"directory": "\(root)/build", "file": "\(root)/src/b.c", "command": "cc -DB='1 2' -ob.o -c ../src/b.c"},
          {"directory": "\(root)/build", "file": "c.cc", "command": "c++ -c c.cc"}
        ]
        """
      try Data(database.utf8).write(to: URL(fileURLWithPath: root + "/build/compile_commands.json"))
      let collection = try collect(
        [root + "/src/a.c", root + "/src/new.c"], build: root + "/build", flags: ["-DZ"])
      #expect(
        collection.units.map(\.flags) == [["-I.", "-DA", "-DZ"], ["-DSECOND", "-DZ"], ["-DZ"]])
      #expect(
        collection.units.map(\.file) == ["/src/a.c", "/src/a.c", "/src/new.c"].map { root + $0 })
      #expect(collection.units.map(\.directory) == [root + "/build", root + "/build", nil])
      #expect(collection.units.map(\.output) == [root + "/build/a.o", nil, nil])
      #expect(collection.remarks.count == 1)
      #expect(collection.remarks.first?.hasPrefix(root + "/src/new.c: not in ") == true)
      let all = try collect([], build: root + "/build/compile_commands.json").units
      #expect(all.map(\.file) == ["/src/a.c", "/src/a.c", "/src/b.c"].map { root + $0 })
      #expect(all.first?.flags == ["-I.", "-DA"])
    }
  }

  @Test func errorsSayWhatAndWhere() throws {
    try withFiles(["docs/x.txt": "", "bad/compile_commands.json": "{}"]) { root in
      #expect(throws: UnitCollectionError.self) { try collect([root + "/none.c"]) }
      for (paths, build, part) in [
        ([root + "/none.c"], nil, "no such file"), ([root + "/docs"], nil, "no .c files"),
        ([], root + "/bad", "not a list of compile commands"), ([], root + "/docs", "cannot be read"),
      ] as [([String], String?, String)] {
        do {
          _ = try collect(paths, build: build)
          Issue.record("accepted \(paths)")
        } catch {
          #expect("\(error)".contains(part), "\(error)")
        }
      }
    }
  }
}
