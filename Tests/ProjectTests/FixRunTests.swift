import Checks
import Foundation
import Testing

@testable import Project

/// What can happen between reading a file and writing it.
@Suite struct FixRunTests {
  private static let text = """
    #include <stdlib.h>
    #include <unistd.h>
    void run(char **argv)
    {
      if (fork() == 0) {
        execv(argv[0], argv);
        exit(1);
      }
    }

    """

  private func run(_ body: (URL, ConfirmedFixes, [SourceUnit], RunOptions) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "spawnlint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("a.c")
    try Self.text.write(to: file, atomically: true, encoding: .utf8)
    let units = [SourceUnit(file: file.path, flags: [])]
    let options = RunOptions()
    let result = try Run.perform(units: units, options: options)
    try body(file, ConfirmedFixes(result, units: units, options: options), units, options)
  }

  @Test func changedBeforeTheSecondAnalysis() throws {
    try run { file, fixes, units, options in
      try "int x;\n".write(to: file, atomically: true, encoding: .utf8)
      let run = try FixRun(fixes, units: units) { try Run.perform(units: $0, options: options) }
      #expect(run.remarks == ["\(file.path): not fixed: it changed meanwhile"])
      #expect(try String(contentsOf: file, encoding: .utf8) == "int x;\n")
    }
  }

  @Test func changedDuringIt() throws {
    try run { file, fixes, units, options in
      let run = try FixRun(fixes, units: units) { units in
        try (Self.text + "int y;\n").write(to: file, atomically: true, encoding: .utf8)
        return try Run.perform(units: units, options: options)
      }
      #expect(run.remarks == ["\(file.path): not fixed: it changed meanwhile"])
      #expect(run.result.findings.count == 1)
      #expect(try String(contentsOf: file, encoding: .utf8) == Self.text + "int y;\n")
    }
  }

  @Test func goneMeanwhile() throws {
    try run { file, fixes, units, options in
      try FileManager.default.removeItem(at: file)
      let run = try FixRun(fixes, units: units) { try Run.perform(units: $0, options: options) }
      #expect(run.remarks == ["\(file.path): not fixed: it is gone"])
    }
  }

  /// What the second analysis does not bear out is not written.
  @Test func notBetter() throws {
    try run { file, fixes, units, options in
      let run = try FixRun(fixes, units: units) { _ in fixes.result }
      #expect(run.remarks == ["nothing was fixed: the analysis of the changed files does not bear it out"])
      #expect(try String(contentsOf: file, encoding: .utf8) == Self.text)
    }
  }

  @Test func overlapsAndOtherTexts() {
    var file = FixedFile(unit: SourceUnit(file: "a.c", flags: []), before: Array("exit(1);\nexit(2)".utf8))
    func fix(_ line: Int, _ column: Int, _ old: String, _ new: String) -> Fix {
      let location = Location(
        file: "a.c", line: line, column: column, endLine: line, endColumn: column + old.utf8.count)
      return Fix(
        description: "", edits: [Fix.Edit(location: location, old: old, new: new)], function: new, macros: [])
    }
    let fixes = [
      fix(2, 1, "exit", "_exit"), fix(2, 1, "exit", "_exit"), fix(2, 3, "it(2)", ""),
      fix(1, 2, "exit", "_exit"), fix(3, 1, "exit", "_exit"), fix(2, 4, "t(2);", ""),
      fix(1, 0, "exit", "_exit"), fix(1, 1, "exit", "_exit"),
    ]
    var added: [Bool] = []
    for fix in fixes { added.append(file.add(fix)) }
    #expect(added == [true, false, false, false, false, false, false, true])
    #expect(file.after == Array("_exit(1);\n_exit(2)".utf8))
  }
}
