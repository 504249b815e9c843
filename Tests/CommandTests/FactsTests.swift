import Foundation
import Testing

/// `index`, `link`, `--shard` and `merge`: the answer is that of one run.
@Suite struct FactsTests {
  private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// All programs of several files, as one.
  private static let files: [String] = {
    let root = package.appendingPathComponent("Tests/Fixtures/programs")
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    return paths.filter { $0.hasSuffix(".c") }.sorted().map { "Tests/Fixtures/programs/" + $0 }
  }()

  private func run(_ arguments: [String]) throws -> Command.Outcome {
    try Command.run(arguments, in: Self.package)
  }

  @Test(arguments: ["text", "sarif", "json"])
  func linkAnswersAsCheck(_ format: String) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    var facts: [String] = []
    for (index, file) in Self.files.enumerated() {
      facts.append(scratch.folder.appendingPathComponent("\(index).facts").path)
      let indexed = try run(["index", file, "-o", facts[index]])
      #expect(indexed.status == 0 && indexed.output.isEmpty && indexed.errors.isEmpty)
    }
    let whole = try run(["check", "--format", format] + Self.files)
    let linked = try run(["link", "--format", format] + facts)
    #expect(whole.status == 1)
    #expect(linked.output == whole.output && linked.errors == whole.errors && linked.status == whole.status)
  }

  @Test func partsAnswerAsTheWhole() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let parts = (1...3).map { scratch.folder.appendingPathComponent("\($0).facts").path }
    for (index, part) in parts.enumerated() {
      let read = try run(["check", "--shard", "\(index + 1)/3", "-o", part] + Self.files)
      #expect(read.status == 0 && read.output.isEmpty)
    }
    let whole = try run(["check", "--format", "sarif"] + Self.files)
    for order in [parts, parts.reversed()] {
      let merged = try run(["merge", "--format", "sarif"] + order)
      #expect(merged.output == whole.output && merged.status == whole.status)
    }
    let missing = try run(["merge", parts[0], parts[2]])
    #expect(missing.status == 2 && missing.errors.contains("part 2/3 is missing"))
    let twice = try run(["merge", parts[0], parts[0]])
    #expect(twice.status == 2 && twice.errors.contains("is part 1/3, and so is"))
    #expect(try run(["link", parts[0], parts[2]]).status == 1)
  }

  @Test func variantsAreKept() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write(
      "a.c",
      RunTests.bad.replacing("exit(127);", with: "\n#ifdef LOUD\nexit(127);\n#else\n_exit(127);\n#endif\n"))
    _ = try scratch.write(
      ".spawnlint.yml", "variants:\n  - {name: quiet, flags: []}\n  - {name: loud, flags: [-DLOUD]}\n")
    #expect(try Command.run(["index", "a.c", "-o", "a.facts"], in: scratch.folder).status == 0)
    let whole = try Command.run(["check", "a.c", "--format", "json"], in: scratch.folder)
    let linked = try Command.run(["link", "a.facts", "--format", "json"], in: scratch.folder)
    #expect(whole.status == 1 && whole.output.contains("loud"))
    #expect(linked.output == whole.output && linked.status == 1)
  }

  @Test func unreadFactsAreErrors() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", RunTests.good)
    #expect(try Command.run(["index", "a.c", "-o", "a.facts"], in: scratch.folder).status == 0)
    let file = scratch.folder.appendingPathComponent("a.facts")
    let bytes = try Data(contentsOf: file)
    func link(_ bytes: Data) throws -> Command.Outcome {
      try bytes.write(to: file)
      return try Command.run(["link", "a.facts"], in: scratch.folder)
    }
    #expect(try link(bytes).status == 0)
    var changed = bytes
    changed[bytes.count / 2] ^= 1
    for (text, bytes) in [
      ("is damaged", changed), ("is damaged", bytes.dropLast(10)), ("is no file of facts", Data("x".utf8)),
      ("has version 100 of the format", bytes[..<16] + [100] + bytes[17...]),
    ] {
      let outcome = try link(Data(bytes))
      #expect(outcome.status == 2 && outcome.errors.contains("'a.facts' \(text)"))
    }
    let missing = try Command.run(["link", "b.facts"], in: scratch.folder)
    #expect(missing.status == 2 && missing.errors.contains("'b.facts' cannot be read: No such file"))
    let nowhere = try Command.run(["index", "a.c", "-o", "no/where.facts"], in: scratch.folder)
    #expect(nowhere.status == 2 && nowhere.errors.contains("'no/where.facts' cannot be written"))
  }

  @Test func brokenUnitsAreIncompleteWhenLinked() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", RunTests.broken)
    let indexed = try Command.run(["index", "a.c", "-o", "a.facts"], in: scratch.folder)
    #expect(indexed.status == 0 && indexed.errors.contains("not understood completely"))
    #expect(try Command.run(["link", "a.facts"], in: scratch.folder).status == 3)
  }

  @Test func dependenciesAreListed() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("my file.c", "#include \"inner.h\"\n")
    _ = try scratch.write("inner.h", "#include <unistd.h>\n")
    let outcome = try Command.run(
      ["index", "my file.c", "-o", "a.facts", "--depfile", "a.d"], in: scratch.folder)
    #expect(outcome.status == 0)
    let text = try String(contentsOf: scratch.folder.appendingPathComponent("a.d"), encoding: .utf8)
    #expect(text.hasPrefix("a.facts: \\\n  my\\ file.c \\\n  ./inner.h \\\n  /usr/include/unistd.h"))
  }
}
