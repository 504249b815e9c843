import Checks
import Foundation
import Testing

@testable import Project

/// What a unit is linked into, and what that means for names that several programs define.
@Suite struct LinkTargetTests {
  @Test(arguments: [
    ("/b/CMakeFiles/server.dir/src/x.c.o", "/b/CMakeFiles/server.dir", true),
    ("/b/lib/CMakeFiles/x.dir/Debug/x.c.o", "/b/lib/CMakeFiles/x.dir", true),
    ("/b/src/server.p/x.c.o", "/b/src/server.p", false),
    ("/b/src/libx.a.p/.._x.c.o", "/b/src/libx.a.p", true),
    ("/b/libx.so.1.2.p/x.c.o", "/b/libx.so.1.2.p", false),
    ("/out/bin/pkg/_objs/server/x.pic.o", "/out/bin/pkg/_objs/server", true),
    ("/b/src/server-x.o", "/b/src/server", false),
    ("/b/src/libx_la-x.lo", "/b/src/libx_la", true),
    ("/b/src/.libs/libx_la-x.o", "/b/src/libx_la", true),
    ("/b/libx_a-x.o", "/b/libx_a", true),
    ("/b/server", "/b/server", false),
    ("/b/libx.so.1", "/b/libx.so.1", false),
  ])
  func objectsTellTheirTarget(_ output: String, _ target: String, _ mayBeArchive: Bool) throws {
    let found = try #require(LinkTarget(output: output, source: "/s/src/x.c"))
    #expect(found.name == target && found.mayBeArchive == mayBeArchive)
  }

  @Test(arguments: [
    "/b/x.o", "/b/.libs/x.o", "/b/-x.o", "/b/src/maxx.o", "/b/x.c.1.o", "/dev/null", "/b/x.s",
    "/b/foo.dir/x.o",
  ])
  func othersDoNot(_ output: String) { #expect(LinkTarget(output: output, source: "/s/src/x.c") == nil) }

  private static let heads =
    "int fork(void); void _exit(int); void *malloc(unsigned long); long write(int, const void *, unsigned long);\n"
  private static let spawns =
    "void helper(void); int start(void) { int p = fork(); if (!p) { helper(); _exit(1); } return p; }\n"
  private static let safe = "void helper(void) { write(1, \"x\", 1); }\n"
  private static let unsafe = "void helper(void) { malloc(1); }\n"

  /// The verdicts of the sites in each file; by need and as a whole they must agree.
  private func verdicts(_ files: [(name: String, output: String?, text: String)]) throws -> [String: Verdict]
  {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
      "spawnlint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    var units: [SourceUnit] = []
    let unrelated = (0..<12).map {
      ("unrelated\($0).c", Optional("o\($0).p/u.c.o"), "int other\($0)(void) { return 1; }\n")
    }
    for (name, output, text) in files + unrelated {
      let file = scratch.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data((Self.heads + text).utf8).write(to: file)
      var unit = SourceUnit(file: file.path, flags: [])
      unit.output = output.map { scratch.path + "/" + $0 }
      units.append(unit)
    }
    var options = RunOptions(threads: .yes)
    options.need.leastBytes = 0
    options.need.mostUnits = 1
    let demanded = try Run.perform(units: units, options: options)
    options.isExhaustive = true
    let all = try Run.perform(units: units, options: options)
    #expect(demanded.findings == all.findings)
    #expect(demanded.sites == all.sites)
    #expect(demanded.readUnits.count < all.readUnits.count)
    return Dictionary(
      all.sites.map { (URL(fileURLWithPath: $0.location.file).lastPathComponent, $0.verdict) },
      uniquingKeysWith: { first, _ in first })
  }

  private func spawning(_ name: String) -> String { Self.spawns.replacing("start", with: name) }

  @Test func theSameTargetGoesFirst() throws {
    let found = try verdicts([
      ("a.c", "one.p/a.c.o", spawning("a")), ("b.c", "two.p/b.c.o", spawning("b")),
      ("helper1.c", "one.p/helper1.c.o", Self.safe), ("helper2.c", "two.p/helper2.c.o", Self.unsafe),
    ])
    #expect(found == ["a.c": .verified, "b.c": .violations])
  }

  @Test func withoutTargetsItMayBeEither() throws {
    let found = try verdicts([
      ("a.c", nil, spawning("a")), ("b.c", "b.o", spawning("b")),
      ("helper1.c", nil, Self.safe), ("helper2.c", "helper2.o", Self.unsafe),
    ])
    #expect(found == ["a.c": .violations, "b.c": .violations])
  }

  @Test func theNearestFolderGoesNext() throws {
    let found = try verdicts([
      ("one/a.c", nil, spawning("a")), ("two/b.c", nil, spawning("b")), ("lib/c.c", nil, spawning("c")),
      ("one/sub/helper.c", nil, Self.safe), ("two/helper.c", nil, Self.unsafe),
    ])
    #expect(found == ["a.c": .verified, "b.c": .violations, "c.c": .violations])
  }

  @Test func aTargetWithoutADefinitionExcludesNone() throws {
    let found = try verdicts([
      ("a.c", "one.p/a.c.o", spawning("a")), ("helper.c", "libx.a.p/helper.c.o", Self.unsafe),
    ])
    #expect(found == ["a.c": .violations])
  }

  @Test func aStrongDefinitionReplacesAWeakOne() throws {
    let weak = "__attribute__((weak)) "
    let found = try verdicts([
      ("a.c", "one.p/a.c.o", spawning("a")),
      ("weak1.c", "one.p/weak1.c.o", weak + Self.unsafe), ("strong1.c", "one.p/strong1.c.o", Self.safe),
      // Out of an archive, either may come.
      ("b.c", "libb.a.p/b.c.o", spawning("b")),
      ("weak2.c", "libb.a.p/weak2.c.o", weak + Self.unsafe), ("strong2.c", "libb.a.p/strong2.c.o", Self.safe),
      // A program's own replaces what a library falls back on.
      ("c.c", "libc.a.p/c.c.o", spawning("c") + weak + Self.safe),
      ("strong3.c", "three.p/strong3.c.o", Self.unsafe),
    ])
    #expect(found == ["a.c": .verified, "b.c": .violations, "c.c": .violations])
  }

  @Test func anAliasBelongsToItsTarget() throws {
    let alias =
      "static void own(void) { write(1, \"x\", 1); } void helper(void) __attribute__((alias(\"own\")));\n"
    let found = try verdicts([
      ("a.c", "one.p/a.c.o", spawning("a")), ("alias.c", "one.p/alias.c.o", alias),
      ("b.c", "two.p/b.c.o", spawning("b")), ("helper.c", "two.p/helper.c.o", Self.unsafe),
    ])
    #expect(found == ["a.c": .verified, "b.c": .violations])
  }

  @Test func variablesAreOfTheirTarget() throws {
    let spawns =
      "extern int loud; int start(void) { int p = fork(); if (!p) { if (loud) malloc(1); _exit(1); } return p; }\n"
    let main = "int start(void); int main(void) { return start(); }\n"
    func files(_ outputs: [String?]) -> [(name: String, output: String?, text: String)] {
      [
        ("a.c", outputs[0], spawns.replacing("start", with: "a")), ("quiet.c", outputs[1], "int loud;\n"),
        ("b.c", outputs[2], spawns.replacing("start", with: "b")), ("loud.c", outputs[3], "int loud = 1;\n"),
        ("main.c", nil, main),
      ]
    }
    let known = try verdicts(files(["one.p/a.c.o", "one.p/q.c.o", "two.p/b.c.o", "two.p/l.c.o"]))
    #expect(known == ["a.c": .verified, "b.c": .violations])
    #expect(try verdicts(files([nil, nil, nil, nil])) == ["a.c": .violations, "b.c": .violations])
  }

  @Test func pointersLeadToTheTargetsOwn() throws {
    let spawns =
      "void helper(void); static void (*const table[])(void) = {helper};\n"
      + "int start(int i) { int p = fork(); if (!p) { table[0](); _exit(1); } return p; }\n"
    let found = try verdicts([
      ("a.c", "one.p/a.c.o", spawns.replacing("start", with: "a")), ("helper1.c", "one.p/h.c.o", Self.safe),
      ("b.c", "two.p/b.c.o", spawns.replacing("start", with: "b")), ("helper2.c", "two.p/h.c.o", Self.unsafe),
    ])
    #expect(found == ["a.c": .verified, "b.c": .violations])
  }

  @Test func flagsMayNameTheOutput() {
    let unit = SourceUnit(file: "x.c", flags: ["-DX", "-o", "a.p/x.c.o", "-Iy"], directory: "/s")
      .takingOutput()
    #expect(unit.flags == ["-DX", "-Iy"] && unit.output == "/s/a.p/x.c.o")
    #expect(unit.linkPlace.target == "/s/a.p")
  }
}
