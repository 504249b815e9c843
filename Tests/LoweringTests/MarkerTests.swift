import Lowering
import SpawnIR
import Testing

/// Macros that expand to nothing and still mark functions.
@Suite struct MarkerTests {
  /// `name`, or `name:index` for a parameter.
  private static func marked(_ source: String) throws -> [String] {
    let unit = try FrontEnd(markers: ["SAFE", "PURE"]).parsedUnit(
      file: "/nowhere/t.c", flags: [], directory: nil,
      contents: "#define SAFE\n#define PURE\n#define OTHER\n#define ATTR(x)\n" + source)
    return unit.skim.annotations.map { annotation in
      let name = unit.skim.symbols[Int(annotation.symbol)].name
      return name + (annotation.parameter.map { ":\($0)" } ?? "") + (annotation.text == "SAFE" ? "" : " pure")
    }
  }

  @Test(arguments: [
    ("SAFE int f(void);", ["f"]),
    ("SAFE OTHER static int f(void) { return 1; }", ["f"]),
    ("static SAFE int\nf(void) { return 1; }", ["f"]),
    ("int SAFE f(void);", ["f"]),
    ("int f(void) SAFE;", ["f"]),
    ("int f(void) ATTR((1, 2)) SAFE;", ["f"]),
    ("int f(void) OTHER SAFE { return 1; }", ["f"]),
    ("PURE SAFE int f(void);", ["f", "f pure"]),
    ("SAFE int f(void); int f(void) { return 1; }", ["f"]),
    ("/* a */ SAFE /* ; */ int f(void);", ["f"]),
    ("int g(void); SAFE int f(void);", ["f"]),
    ("SAFE\n\nint f(void);", ["f"]),
    ("int f(SAFE void (*a)(int), int b);", ["f:0"]),
    ("int f(int b, void (*a)(int, int) SAFE, int c);", ["f:1"]),
    ("SAFE void f(int b, SAFE void (*a)(int));", ["f", "f:1"]),
    ("int f(a, b) SAFE int a; char b; { return a + b; }", ["f"]),
  ])
  func marks(_ source: String, _ expected: [String]) throws {
    #expect(try Set(Self.marked(source)) == Set(expected))
  }

  @Test(arguments: [
    "int f(void);",
    "// SAFE\nint f(void);",
    "/* SAFE */ int f(void);",
    "#if SAFE + 1\nint f(void);\n#endif",
    "int f(void) /* SAFE */;",
    "int f(void) { SAFE return 1; }",
    "int f(void); // SAFE",
    "int f(char *text) { return text == \"SAFE\"; }",
    "int SAFEST; int f(void);",
    "SAFE int n; int f(void);",
    "struct SAFE s { int a; }; int f(struct s *p);",
  ])
  func marksNothing(_ source: String) throws {
    #expect(try Self.marked(source).isEmpty)
  }
}
