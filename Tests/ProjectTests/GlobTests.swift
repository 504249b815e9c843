import Testing

@testable import Project

@Suite struct GlobTests {
  @Test(arguments: [
    ("child-*", "child-exit", true), ("child-*", "vfork-exit", false), ("*", "a/b", false),
    ("**", "a/b", true), ("src/*.c", "src/a.c", true), ("src/*.c", "src/x/a.c", false),
    ("src/**/*.c", "src/x/y/a.c", true), ("src/**/*.c", "src/a.c", true), ("src/**", "src/x/a.c", true),
    ("**/gen/*.c", "gen/a.c", true), ("**/gen/*.c", "x/gen/a.c", true), ("**/gen/*.c", "xgen/a.c", false),
    ("a?.c", "ab.c", true), ("a?.c", "a/.c", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
    ("[!a-c]x", "dx", true), ("[", "[", true), ("[]]", "]", true), ("", "", true), ("ö*", "öäü", true),
    ("a**b", "a/x/b", true), ("*a*a*a*a*b", String(repeating: "a", count: 60), false),
  ])
  func matches(_ pattern: String, _ text: String, _ expected: Bool) {
    #expect(Glob(pattern).matches(text) == expected)
  }
}
