import Checks
import Foundation
import Testing

@testable import Project

/// A program of which little has to be read gives the same result as all of it.
@Suite struct DemandDrivenTests {
  /// Checks the files as one program, by need and as a whole, and returns what was read by need, by name.
  private func readBoth(
    _ files: [String: String], threads: ThreadsOption = .yes
  ) throws -> (read: Set<String>, result: RunResult) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "spawnlint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var files = files
    for number in 0..<12 {
      files["unrelated\(number).c"] = "int helper\(number)(int n) { return n + \(number); }\n"
    }
    files["main.c"] = files["main.c"] ?? "int helper1(int); int main(void) { return helper1(2); }\n"
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    // As on a command line: relative to the working directory.
    let up = FileManager.default.currentDirectoryPath.split(separator: "/").map { _ in "../" }.joined()
    let units = files.keys.filter { $0.hasSuffix(".c") }.sorted().map {
      SourceUnit(file: up + folder.path.dropFirst() + "/" + $0, flags: ["-I" + folder.path])
    }
    var options = RunOptions(threads: threads)
    options.need.leastBytes = 0
    options.need.mostUnits = 1
    let demanded = try Run.perform(units: units, options: options)
    options.isExhaustive = true
    let all = try Run.perform(units: units, options: options)
    #expect(demanded.findings == all.findings)
    #expect(demanded.sites == all.sites)
    #expect(demanded.threadsReason == all.threadsReason)
    #expect(demanded.unitCount == all.unitCount)
    #expect(all.readUnits.count == units.count)
    let read = Set(demanded.readUnits.map { URL(fileURLWithPath: $0.path).lastPathComponent })
    return (read, demanded)
  }

  private static let heads =
    "int fork(void); void _exit(int); int execv(const char *, char **); void *malloc(unsigned long);\n"

  @Test func nothingIsReadWithoutSpawnCalls() throws {
    let (read, result) = try readBoth([
      "words.c":
        "/* fork() */ const char *text = \"fork()\";\n#if 0\nint x = fork();\n#endif\nint fork(void);\n"
    ])
    #expect(read.isEmpty)
    #expect(result.sites.isEmpty)
  }

  @Test func aChildPathCrossesFiles() throws {
    let (read, result) = try readBoth([
      "spawn.c": Self.heads
        + "void prepare(void); int start(void) { int p = fork(); if (!p) { prepare(); _exit(1); } return p; }",
      "prepare.c": "void *grow(void); void prepare(void) { grow(); }",
      "grow.c": Self.heads + "void *grow(void) { return malloc(4); }",
      "aside.c": "void *grow(void); void aside(void) { grow(); }",
    ])
    #expect(read.isSuperset(of: ["spawn.c", "prepare.c", "grow.c"]))
    #expect(!read.contains("unrelated3.c"))
    #expect(result.sites.count == 1)
    #expect(result.findings.contains { $0.causes.contains { $0.callee == "malloc" } })
  }

  @Test func spawnsBehindPastedWords() throws {
    let (read, result) = try readBoth([
      "paste.h": "#define SPAWN(kind) kind ## rk()\n",
      "spawn.c": "#include \"paste.h\"\n" + Self.heads.replacingOccurrences(of: "int fork(void);", with: "")
        + "int fo; int start(void) { int p = SPAWN(fo); if (p == 0) malloc(1); return p; }",
    ])
    #expect(read.contains("spawn.c"))
    #expect(result.sites.count == 1)
  }

  @Test func spawnsInAHeadersInlineFunction() throws {
    let (read, result) = try readBoth([
      "inline.h": Self.heads + "static inline int start(void) { return fork(); }\n",
      "spawn.c":
        "#include \"inline.h\"\nint run(void) { int p = start(); if (p == 0) { malloc(1); _exit(0); } return p; }",
      "idle.c": "#include \"inline.h\"\nint idle(void) { return 0; }",
    ])
    #expect(read.contains("spawn.c"))
    #expect(!read.contains("idle.c"))
    #expect(result.sites.count == 1)
    #expect(result.findings.contains { $0.causes.contains { $0.callee == "malloc" } })
  }

  @Test func spawnsByWayOfATable() throws {
    let (read, result) = try readBoth([
      "ops.h": "struct ops { void (*first)(void); void (*run)(void); };\nextern const struct ops *current;\n",
      "spawn.c": "#include \"ops.h\"\n" + Self.heads
        + "int start(void) { int p = fork(); if (!p) { current->run(); _exit(0); } return p; }",
      "table.c": "#include \"ops.h\"\nvoid one(void); void two(void);\n"
        + "static const struct ops table = { one, two };\nconst struct ops *current = &table;",
      "two.c": Self.heads + "void two(void) { malloc(2); }",
      "one.c": "void one(void) {}",
    ])
    #expect(read.isSuperset(of: ["spawn.c", "table.c", "two.c"]))
    #expect(result.findings.contains { $0.causes.contains { $0.callee == "malloc" } })
  }

  @Test func spawnsBehindASecondWrapper() throws {
    let (read, result) = try readBoth([
      "first.c": Self.heads + "int first(void) { return fork(); }",
      "second.c": "int first(void); int second(void) { return first(); }",
      "third.c": Self.heads
        + "int second(void); int third(void) { int p = second(); if (p == 0) { malloc(3); _exit(1); } return p; }",
      "above.c": "int third(void); int above(void) { return third(); }",
    ])
    #expect(read.isSuperset(of: ["first.c", "second.c", "third.c"]))
    #expect(result.findings.contains { $0.causes.contains { $0.callee == "malloc" } })
  }

  @Test func whoElseMentionsAFunctionDecidesThePlace() throws {
    let (_, result) = try readBoth([
      "spawn.c": Self.heads
        + "void prepare(void); int start(void) { int p = fork(); if (!p) { prepare(); _exit(1); } return p; }",
      "prepare.c": Self.heads + "void prepare(void) { malloc(1); }",
      "other.c": "void prepare(void); void other(void) { prepare(); }",
    ])
    #expect(result.findings.first?.callee == "prepare")
  }

  @Test func storesAnywhereDecideWhatAVariableHolds() throws {
    let (read, _) = try readBoth([
      "mode.h": "extern int mode;\n",
      "spawn.c": "#include \"mode.h\"\n" + Self.heads
        + "int mode; int start(void) { int p = fork(); if (!p) { if (mode) malloc(1); _exit(1); } return p; }",
      "set.c": "#include \"mode.h\"\nvoid set(void) { mode = 2; }",
    ])
    #expect(read.isSuperset(of: ["spawn.c", "set.c"]))
  }

  @Test func whoOnlyReadsAVariableDecidesNothing() throws {
    let (read, _) = try readBoth([
      "mode.h": "extern int mode;\n#define SET(what) do { (what) = 1; } while (0)\n"
        + "#define GET(what) ((what) + 0)\n",
      "spawn.c": "#include \"mode.h\"\n" + Self.heads
        + "int start(void) { int p = fork(); if (!p) { if (mode) malloc(1); _exit(1); } return p; }",
      "define.c": "int mode;",
      "get.c": "#include \"mode.h\"\nint get(void) { return mode == 2 || GET(mode); }",
      "set.c": "#include \"mode.h\"\nvoid set(void) { SET(mode); }",
      "count.c": "#include \"mode.h\"\nvoid count(void) { mode++; }",
      "give.c": "#include \"mode.h\"\nvoid take(int *); void give(void) { take(&mode); }",
    ])
    #expect(read.isSuperset(of: ["spawn.c", "define.c", "set.c", "count.c", "give.c"]))
    #expect(!read.contains("get.c"))
  }

  @Test func aMemberOfAFunctionsNameIsNoUse() throws {
    let (read, _) = try readBoth([
      "spawn.c": Self.heads + "int start(void) { int p = fork(); if (!p) _exit(1); return p; }",
      "member.c":
        "struct s { int fork; };\nint get(struct s *s) { struct s t = { .fork = 1 }; return s->fork + t . fork; }",
      "text.c": "const char *const words[] = { \"fork\", \"vfork\" };\n",
      "macro.h": "#define fork_it after, fork()\n",
      "macro.c": "#include \"macro.h\"\nint fork(void);\nstruct s { int after; };\n"
        + "int use(struct s *s) { return s->fork_it; }",
      "range.c": "int fork(void);\nint (*table[4])(void) = { [0 ... 2] = fork };\n",
      "minus.c": "int fork(void);\nint less(int n) { return n-->fork(); }\n",
    ])
    #expect(read == ["spawn.c", "macro.c", "range.c", "minus.c"])
  }

  @Test func aDeclarationByAMacroIsNoUse() throws {
    let (read, _) = try readBoth([
      "api.h": "#define HIDDEN __attribute__((visibility(\"hidden\")))\n#define API(type) HIDDEN type\n"
        + "#define DEFINE(type) type made(void) { return fork(); } type\nint fork(void);\nAPI(int) fork(void);\n",
      "spawn.c": Self.heads + "int start(void) { int p = fork(); if (!p) _exit(1); return p; }",
      "declares.c": "#include \"api.h\"\nint other(void) { return 1; }",
      "defines.c": "#include \"api.h\"\nDEFINE(int) fork(void);",
      "unknown.c": "int fork(void);\n#define UNKNOWN(x) x\nUNKNOWN_TO_ALL(int) fork(void);",
    ])
    #expect(read.isSuperset(of: ["spawn.c", "defines.c", "unknown.c"]))
    #expect(!read.contains("declares.c"))
  }

  @Test func pointersThatMayHoldAnythingAreNotAskedFor() throws {
    var files = [
      "hooks.h": "struct hooks { void (*run)(void); };\nextern struct hooks *hooks;\n",
      "spawn.c": "#include \"hooks.h\"\n" + Self.heads + "struct hooks *hooks;\n"
        + "int start(void) { int p = fork(); if (!p) { hooks->run(); _exit(1); } return p; }",
    ]
    for number in 0..<40 {
      let names = (0..<5).map { "run\(number)_\($0)" }
      files["set\(number).c"] =
        "#include \"hooks.h\"\n" + names.map { "static void \($0)(void) {}\n" }.joined()
        + "void set\(number)(void) {\n" + names.map { "hooks->run = \($0);\n" }.joined() + "}\n"
    }
    let (read, result) = try readBoth(files)
    #expect(read.contains("set0.c"))
    #expect(read.count < 30)
    #expect(result.findings.map(\.check) == ["unknown-call"])
  }

  @Test func storesByPastedWords() throws {
    let (read, _) = try readBoth([
      "mode.h": "extern int the_mode;\n#define SET(what, value) the_ ## what = (value)\n",
      "spawn.c": "#include \"mode.h\"\n" + Self.heads + "int the_mode;\n"
        + "int start(void) { int p = fork(); if (!p) { if (the_mode) malloc(1); _exit(1); } return p; }",
      "set.c": "#include \"mode.h\"\nvoid set(void) { SET(mode, 1); }",
    ])
    #expect(read.contains("set.c"))
  }

  @Test func whatCannotBeLookedAtIsRead() throws {
    let missing = SourceUnit(file: "/nonexistent/missing.c", flags: [])
    let units =
      (0..<12).map { number in
        SourceUnit(file: "unit\(number).c", flags: [], contents: "int helper\(number)(void) { return 1; }\n")
      } + [missing]
    var options = RunOptions()
    options.need.leastBytes = 0
    let demanded = try Run.perform(units: units, options: options)
    options.isExhaustive = true
    let all = try Run.perform(units: units, options: options)
    #expect(demanded.incomplete.map(\.file) == ["/nonexistent/missing.c"])
    #expect(demanded.incomplete == all.incomplete)
    #expect(demanded.threadsReason == all.threadsReason)
  }

  @Test func aMembersNameElsewhereIsAnother() throws {
    let (read, result) = try readBoth([
      "ops.h": "struct ops { void (*run)(void); };\nextern struct ops *current;\n",
      "spawn.c": "#include \"ops.h\"\n" + Self.heads
        + "int start(void) { int p = fork(); if (!p) { current->run(); _exit(0); } return p; }",
      "set.c": "#include \"ops.h\"\nvoid grow(void); struct ops *current;\n"
        + "void set(void) { current->run = grow; }",
      "grow.c": Self.heads + "void grow(void) { malloc(2); }",
      "other.c": "struct race { int run; }; void other(struct race *r) { r->run = 3; }",
    ])
    #expect(read.isSuperset(of: ["spawn.c", "set.c", "grow.c"]))
    #expect(!read.contains("other.c"))
    #expect(result.findings.contains { $0.causes.contains { $0.callee == "malloc" } })
  }

  @Test func aDaemonsCallersAreNotLookedAt() throws {
    let (read, result) = try readBoth([
      "daemon.c": Self.heads
        + "void exit(int); int setsid(void); int detach(void) { int p = fork(); if (p < 0) _exit(1);"
        + " if (p > 0) exit(0); setsid(); return 0; }",
      "caller.c": "int detach(void); int serve(void) { return detach(); }",
    ])
    #expect(read == ["daemon.c"])
    #expect(result.findings.map(\.check) == ["child-leaves"])
  }

  @Test func threadsAreSeenAnywhere() throws {
    let (read, result) = try readBoth(
      [
        "spawn.c": Self.heads
          + "int start(void) { int p = fork(); if (!p) { malloc(1); _exit(1); } return p; }",
        "threads.c": "int pthread_create(void *, const void *, void *(*)(void *), void *);\n"
          + "void begin(void *(*f)(void *)) { pthread_create(0, 0, f, 0); }",
      ], threads: .auto)
    #expect(read.contains("threads.c"))
    #expect(result.threadsPossible)
  }

  @Test func theNextRunBeginsWithWhatWasNeeded() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "spawnlint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var files = [
      "spawn.c": Self.heads
        + "void prepare(void); int start(void) { int p = fork(); if (!p) { prepare(); _exit(1); } return p; }",
      "prepare.c": "void *grow(void); void prepare(void) { grow(); }",
      "grow.c": Self.heads + "void *grow(void) { return malloc(4); }",
    ]
    for number in 0..<12 {
      files["unrelated\(number).c"] = "int helper\(number)(int n) { return n + \(number); }\n"
    }
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    for (name, text) in files { try write(name, text) }
    let units = files.keys.sorted().map { SourceUnit(file: $0, flags: [], directory: folder.path) }
    var options = RunOptions(threads: .yes)
    options.need.leastBytes = 0
    func run() throws -> RunResult {
      let reading = Reading(Reading.Options(cacheFolder: folder.path + "/cache"))
      return try Run.perform(units: units, options: options, reading: reading)
    }
    let first = try run()
    #expect(Set(first.readUnits.map(\.reason)).count > 1)
    let second = try run()
    #expect(second.findings == first.findings)
    #expect(second.readUnits.map(\.path) == first.readUnits.map(\.path))
    #expect(
      Set(second.readUnits.map(\.reason)) == ["may hold a spawn call", "was needed in the last run"])
    // A file that changed is read anew, with what it needs now.
    try write("grow.c", "void *other(void); void *grow(void) { return other(); }")
    try write("unrelated3.c", Self.heads + "void *other(void) { return malloc(4); }")
    let third = try run()
    #expect(third.readUnits.contains { $0.path.hasSuffix("unrelated3.c") })
    #expect(third.findings.contains { $0.causes.contains { $0.callee == "malloc" } })
  }
}
