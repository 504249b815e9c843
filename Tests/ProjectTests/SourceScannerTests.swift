import Testing

@testable import Project

/// What a look at words tells of one text.
@Suite struct SourceScannerTests {
  private struct Scan {
    var file: ScannedFile
    var table: IdentifierTable

    /// Words of each function, by its name.
    var functions: [String: Set<String>] { items(.function) }
    var macros: [String: Set<String>] { items(.macro) }
    var outside: Set<String> {
      file.items.filter { $0.kind == .outside || $0.kind == .declaration }.reduce(into: []) {
        $0.formUnion($1.mentions.map(table.text))
      }
    }

    private func items(_ kind: ScannedFile.Item.Kind) -> [String: Set<String>] {
      var result: [String: Set<String>] = [:]
      for item in file.items where item.kind == kind {
        for name in item.names {
          result[table.text(name), default: []].formUnion(item.mentions.map(table.text))
        }
      }
      return result
    }
  }

  private func scan(_ text: String) -> Scan {
    var table = IdentifierTable()
    var text = text
    let file = text.withUTF8 { SourceScanner.scan($0, path: "/t.c", &table) }
    return Scan(file: file, table: table)
  }

  @Test func functionsAndTheirWords() {
    let scan = scan(
      """
      static int one(int a) { if (a) { two(a); } return 3; }
      struct s *three(void)
      {
        four = "five"; /* six */ // seven
        return 'e' ? eight : 0x9abc;
      }
      """)
    #expect(scan.functions["one"] == ["if", "a", "two", "return"])
    #expect(scan.functions["three"] == ["four", "return", "eight"])
    #expect(scan.file.items.filter { $0.kind == .function }.map(\.isStatic) == [true, false])
  }

  @Test func whatMayBeStoredTo() {
    let scan = scan(
      """
      void f(void) {
        a = 1; b == 2; c += 3; d++; --e; (g) = 4; h->x = 5; take(&i, j & k, l && m); n[2] = 6;
        asm("" : "=r"(o)); p <<= 1; q << 1; r <= s; t = u;
      }
      int *v = &w;
      """)
    let stored = scan.file.items.reduce(into: Set<String>()) { $0.formUnion($1.stores.map(scan.table.text)) }
    #expect(
      stored == ["a", "c", "d", "e", "g", "x", "i", "k", "n", "o", "p", "t", "w", "v"])
  }

  @Test func whatIsNotCodeDoesNotCount() {
    let scan = scan(
      """
      void f(void) {
      #if 0
        fork();
        #if 1
          fork();
        #endif
      #else
        kept();
      #endif
      #ifdef __cplusplus
        fork();
      #endif
        "fork"; 'f'; /* fork() */ // fork() \\
           fork()
        last();
      }
      """)
    #expect(scan.functions["f"] == ["kept", "last"])
  }

  @Test func bothArmsCount() {
    let scan = scan(
      """
      int f(void) {
      #ifdef A
        if (a()) {
      #elif B
        if (b()) {
      #else
        {
      #endif
        }
        return 0;
      }
      int g(void) { return c(); }
      """)
    #expect(scan.functions["f"]?.isSuperset(of: ["a", "b"]) == true)
    #expect(scan.functions["g"] == ["return", "c"])
  }

  @Test func declarationsUseNothing() {
    let scan = scan(
      """
      extern "C" {
      pid_t fork(void);
      int start(struct child *, int (*)(void));
      static int ready(int);
      typedef int (*hook)(int), other;
      struct ops { int (*run)(void); };
      }
      """)
    #expect(scan.outside.isEmpty)
    #expect(scan.file.typedefs.count == 1)
  }

  @Test func initialisersAndMacrosUse() {
    let scan = scan(
      """
      static const struct ops table[] = { { .run = one }, { two } };
      int (*pointer)(void) = three;
      DEFINE(four, five)
      int alias(void) __attribute__((alias("six")));
      """)
    #expect(scan.outside.isSuperset(of: ["one", "two", "three", "four", "five", "six"]))
    #expect(scan.functions["alias"]?.contains("six") == true)
  }

  @Test func macrosHaveTheirText() {
    let scan = scan(
      """
      #define RUN(x) do { start(x); \\
          stop("fork"); } while (0)
      #define PASTE(a) v ## a()
      # define PLAIN 1
      """)
    #expect(scan.macros["RUN"]?.isSuperset(of: ["start", "stop"]) == true)
    #expect(scan.macros["RUN"]?.contains("fork") == false)
    #expect(scan.file.items.filter { $0.kind == .macro }.map(\.pastes.count) == [0, 1, 0])
  }

  @Test func oldDefinitionsAndBracesInTheFirstColumn() {
    let scan = scan(
      """
      int old(a, b) int a; char *b; { return inner(a); }
      int odd(void)
      {
      #ifdef A
        if (x) {
      #endif
        y();
      }
      int next(void) { z(); }
      """)
    #expect(scan.functions["old"] == ["return", "inner", "a"])
    #expect(scan.functions["next"] == ["z"])
  }

  @Test func includes() {
    let scan = scan(
      """
      #include <sys/types.h>
      # include "own.h"
      #define HEADER "named.h"
      #include HEADER
      """)
    #expect(scan.file.includes.map(\.name) == ["sys/types.h", "own.h", "named.h"])
  }

  @Test(arguments: [
    "", "{", "}}}", "#", "#if 0", "/*", "\"", "'", "f(", "\\", "#define", "#define X \\", "{(\n}",
  ])
  func anyTextEnds(_ text: String) {
    _ = scan(text)
  }
}
