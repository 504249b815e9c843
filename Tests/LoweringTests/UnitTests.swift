import Foundation
import Lowering
import SpawnIR
import Testing

/// What a unit's facts hold besides graphs.
@Suite struct UnitTests {
  @Test func globalsWithTheirInitialisers() throws {
    let unit = try facts(
      """
      struct ops { const char *name; int (*run)(int); struct { int depth; } in; };
      int go(int); static int other;
      static struct ops table[] = { { "a", go }, [2] = { .run = (int (*)(int))go, .in = { 4 } } };
      int *where = &other, counter, *literal = &(int){ 5 };
      extern int elsewhere; _Thread_local int mine = -1;
      int f(void) { return elsewhere; }
      """)
    let dumps = unit.globals.map { $0.dump() }
    #expect(
      dumps == [
        "static .compoundliteral.1: i32\n   = 5",
        "counter: i32",
        "extern elsewhere: i32",
        "literal: ptr\n   = &$.compoundliteral.1",
        "thread_local mine: i32\n   = -1",
        "static other: i32",
        "static table: array\n  [0].name = \"a\"\n  [0].run = @go\n  [2].run = @go\n  [2].in.depth = 4",
        "where: ptr\n   = &$other",
      ])
    #expect(unit.declarations.map { $0.dump() } == ["go(i32) -> i32"])
  }

  @Test func aliasesAndAttributes() throws {
    let unit = try facts(
      """
      int real(void) { return 1; }
      int other(void) __attribute__((alias("real")));
      __attribute__((weak, annotate("child"))) int g(void) { return 2; }
      _Noreturn void die(const char *, ...);
      void f(void) { die("x", 1); }
      """)
    #expect(unit.aliases == ["other": "real"])
    let function = try #require(unit.functions.first { $0.symbol.name == "g" })
    #expect(function.isWeak)
    let annotations = unit.skimmed.annotations.map { ($0.text, unit.skimmed.symbols[Int($0.symbol)].name) }
    #expect(annotations.map(\.0) == ["child"] && annotations.map(\.1) == ["g"])
    #expect(unit.declarations.map { $0.dump() } == ["die(ptr to const, ...) -> void noreturn"])
  }

  @Test func inlineFunctionsWaitUntilTheyAreNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let header = "static inline int used(void) { return 1; }\nstatic inline int unused(void) { return 2; }\n"
    try header.write(to: folder.appendingPathComponent("h.h"), atomically: true, encoding: .utf8)
    try "#include \"h.h\"\nint f(void) { return used(); }\n"
      .write(to: folder.appendingPathComponent("m.c"), atomically: true, encoding: .utf8)
    let unit = try FrontEnd().facts(file: "m.c", flags: [], directory: folder.path, contents: nil)
    #expect(unit.mainFile == "m.c")
    #expect(unit.functions.map(\.symbol.name) == ["f", "used"])
    #expect(unit.functions.map(\.isInline) == [false, true])
  }

  @Test func anErrorCostsItsStatementOnly() throws {
    let unit = try facts(
      "int g(void) { return 1; }\nint f(void) { return nothing + g(); }\nvoid h(void) { what w; g(); }\n")
    #expect(unit.functions.map(\.symbol.name) == ["g", "f", "h"])
    #expect(unit.problem?.message == "use of undeclared identifier 'nothing'")
    #expect(unit.problem?.line == 2)
    let called = try #require(unit.functions.last).blocks.flatMap(\.instructions).compactMap { instruction in
      if case .call(let call) = instruction.kind { call.callee } else { nil }
    }
    #expect(called == [.direct(.lost), .direct(Symbol("g"))])
  }

  @Test func anonymousMembersBelongToTheirParent() throws {
    let unit = try facts(
      "struct s { union { struct { int pid; }; int other; }; };\nvoid f(struct s *p) { p->pid = 1; }")
    let function = try #require(unit.functions.first)
    guard case .assign(.field(_, let field), _) = function.blocks[0].instructions[0].kind else {
      Issue.record("no assignment to a field")
      return
    }
    #expect(field == Field(record: "s", name: "pid", type: .int))
  }

  @Test func namelessRecordsAreNamedByTypedefOrPlace() throws {
    let unit = try facts("typedef struct { int a; } t;\nstruct { int b; } v;\nt w;")
    #expect(unit.globals.map(\.type.kind) == [.record("anon@/nowhere/t.c:2:1"), .record("t")])
  }

  @Test func placesFollowMacros() throws {
    let text = try dump(
      """
      void g(int), h(void);
      #define CALL(x) do { h(); x; } while (0)
      void f(void) {
        CALL(
          g(1)
        );
      }
      """, spans: true)
    #expect(
      text == """
        f() -> void
        b0:
          4:3-6:4 h()
          5:5-5:9 g(1)
          7:1-7:2 return
        """)
  }

  @Test func unreadableFilesAreErrors() throws {
    #expect(throws: FrontEndError.unreadable(file: "/nowhere/x.c", reason: "No such file or directory")) {
      try FrontEnd().facts(file: "/nowhere/x.c", flags: [], directory: nil, contents: nil)
    }
  }

  @Test func severalThreadsAtOnce() async throws {
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...4 {
        group.addTask {
          let source = (0..<number).map { "int f\($0)(void) { return \($0); }" }.joined(separator: "\n")
          return try facts(source).functions.count
        }
      }
      var counts: [Int] = []
      for try await count in group { counts.append(count) }
      return counts.sorted()
    }
    #expect(counts == [1, 2, 3, 4])
  }
}
