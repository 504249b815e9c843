import Checks
import Testing

@testable import Project

@Suite struct SuppressionTests {
  static let checks = ["child-allocates", "child-exit", "child-stdio"]

  private func read(_ text: String, demandsReason: Bool = false) -> SuppressionReader {
    SuppressionReader(
      Array(text.utf8), file: "a.c", knownChecks: Self.checks, demandsReason: demandsReason)
  }

  private func scopes(_ text: String) -> [SuppressionComment.Scope] { read(text).suppressions.map(\.scope) }

  @Test func scopeFollowsThePlace() {
    #expect(scopes("f(); // spawnlint: allow(child-exit) x") == [.line(1)])
    #expect(scopes("// spawnlint: allow(child-exit) x\n\n /* more */\nf();") == [.start(4)])
    #expect(scopes("f(); /* spawnlint: allow(child-exit) x\n y */ g();") == [.line(1)])
    #expect(scopes("/* spawnlint: allow(child-exit) x */ f();") == [.start(1)])
    #expect(scopes("// spawnlint: allow(child-exit) x\n#if A\nf();\n#endif") == [.start(3)])
    #expect(scopes("// spawnlint: allow(child-exit) x\n") == [.nothing])
  }

  @Test func functions() {
    let above = "// spawnlint: allow-function(child-exit) x\nstatic int\nf(int a)\n{\n  g();\n}\n"
    #expect(scopes(above) == [.function(comment: 1, header: 2...4)])
    let inside = "int f(void)\n{\n  // spawnlint: allow-function(child-exit) x\n  g();\n}\n"
    #expect(scopes(inside) == [.function(comment: 3, header: 4...4)])
  }

  @Test func placesOfLiteralsAndDirectives() {
    #expect(scopes("char *s = \"// spawnlint: allow(child-exit) x\";").isEmpty)
    #expect(scopes("char c = '\"'; f(); // spawnlint: allow(child-exit) x") == [.line(1)])
    #expect(scopes("#error don't\nf(); // spawnlint: allow(child-exit) x") == [.line(2)])
    #expect(scopes("char *s = \"a\\\n b\"; // spawnlint: allow(child-exit) x") == [.line(2)])
    #expect(scopes("#define A \\\n f() // spawnlint: allow(child-exit) x\ng();") == [.line(2)])
    #expect(scopes("f(); // a \\\n spawnlint: allow(child-exit) x\ng();") == [.line(1)])
    #expect(scopes("f();\r\n// spawnlint: allow(child-exit) x\r\ng();\r\n") == [.start(3)])
  }

  @Test func reasons() {
    func reason(_ text: String) -> String? { read(text).suppressions.first?.reason }
    #expect(reason("// spawnlint: allow(child-exit)  a  b \nf();") == "a b")
    #expect(reason("// spawnlint: allow(child-exit): a-b\nf();") == "a-b")
    #expect(reason("//spawnlint:allow (child-exit)-- a\nf();") == "a")
    #expect(reason("/*\n * spawnlint: allow(child-exit) a\n * b\n */\nf();") == "a b")
    #expect(reason("f(); // spawnlint: allow(child-exit) a // b") == "a")
    #expect(reason("f(); // spawnlint: allow(child-exit) öde") == "öde")
    #expect(reason("f(); // see spawnlint: allow(child-exit) a") == nil)
  }

  @Test func checksOfAComment() {
    #expect(
      read("f(); // spawnlint: allow(child-exit, child-stdio) x").suppressions.first?.checks == [
        "child-exit", "child-stdio",
      ])
  }

  @Test func nolint() {
    #expect(scopes("f(); // NOLINT(spawnlint-child-exit)") == [.line(1)])
    #expect(scopes("f(); // x NOLINT(bugprone-*, spawnlint-child-*): y") == [.line(1)])
    #expect(scopes("// NOLINTNEXTLINE(spawnlint-child-exit)\nf();") == [.start(2)])
    #expect(
      scopes("// NOLINTBEGIN(spawnlint-child-exit)\nf();\n// NOLINTEND(spawnlint-child-exit)") == [
        .lines(1...3)
      ])
    let others = "f(); // NOLINT\ng(); // NOLINT(bugprone-x)\nh(); // NOLINT(*)\n// NOLINTEND(x)"
    #expect(scopes(others).isEmpty)
    #expect(read(others).mistakes.isEmpty)
  }

  @Test(arguments: [
    ("// spawnlint: allow(child-exti) x", "there is no check 'child-exti'; did you mean 'child-exit'?"),
    ("// spawnlint: allow(spawnlint) x", "there is no check 'spawnlint'"),
    ("// spawnlint: allow", "name what to allow: allow(check) and the reason"),
    ("// spawnlint: allow() x", "name what to allow: allow(check) and the reason"),
    ("// spawnlint: allow-function child-exit", "name what to allow: allow-function(check) and the reason"),
    (
      "// spawnlint: disable(child-exit)",
      "'disable' is no order to spawnlint; write allow(check) or allow-function(check)"
    ),
    ("// spawnlint: allow(child-exit)", "say why child-exit is allowed here: a reason must follow"),
    ("// NOLINT(spawnlint-child-exit)", "say why child-exit is allowed here: a reason must follow"),
    ("// NOLINT(spawnlint-qqq)", "there is no check 'qqq'"),
    ("// NOLINTBEGIN(spawnlint-child-exit) x", "this NOLINTBEGIN has no NOLINTEND"),
    (
      "// NOLINTEND(spawnlint-child-exit)",
      "no NOLINTBEGIN(spawnlint-child-exit) stands before this"
    ),
  ])
  func mistakes(_ comment: String, _ message: String) {
    let reader = read("f(); " + comment + "\n", demandsReason: true)
    #expect(reader.suppressions.isEmpty)
    let place = Location(file: "a.c", line: 1, column: 6, endLine: 1, endColumn: 6 + comment.utf8.count)
    #expect(reader.mistakes == [SuppressionMistake(message: message, location: place)])
  }

  @Test func reasonsAreDemandedByDefault() {
    #expect(RunOptions().demandsReason)
    #expect(read("f(); // spawnlint: allow(child-exit)").mistakes.isEmpty)
  }

  @Test func coverage() throws {
    func place(_ line: Int, _ endLine: Int, file: String = "a.c") -> PolicyPlace {
      PolicyPlace(location: Location(file: file, line: line, column: 1, endLine: endLine, endColumn: 2)) {
        FunctionExtent(file: file, line: 3, lastLine: 9)
      }
    }
    func comment(_ scope: SuppressionComment.Scope) -> SuppressionComment {
      SuppressionComment(checks: [], scope: scope, reason: "", location: place(1, 1).location)
    }
    #expect(comment(.line(5)).covers(place(5, 7)))
    #expect(comment(.line(7)).covers(place(5, 7)))
    #expect(!comment(.line(6)).covers(place(5, 7)))
    #expect(!comment(.line(5)).covers(place(5, 7, file: "b.c")))
    #expect(comment(.start(5)).covers(place(5, 7)))
    #expect(!comment(.start(7)).covers(place(5, 7)))
    #expect(comment(.lines(4...5)).covers(place(5, 7)))
    #expect(comment(.function(comment: 1, header: 2...4)).covers(place(5, 7)))
    #expect(!comment(.function(comment: 1, header: 1...2)).covers(place(5, 7)))
    #expect(comment(.function(comment: 6, header: nil)).covers(place(5, 7)))
    #expect(!comment(.function(comment: 10, header: nil)).covers(place(5, 7)))
    #expect(!comment(.nothing).covers(place(5, 7)))
  }
}
