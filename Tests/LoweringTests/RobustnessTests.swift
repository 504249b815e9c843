import SpawnIR
import Testing

/// Generated and broken code: no crash, and time that grows with the size.
@Suite struct RobustnessTests {
  @Test func longSums() throws {
    let sum = (0..<20_000).map { $0 % 2 == 0 ? "x" : "g(x)" }.joined(separator: "\n+")
    let unit = try facts("int g(int);\nint f(int x) { return \(sum); }")
    let function = try #require(unit.functions.first)
    let calls = function.blocks[0].instructions.filter { if case .call = $0.kind { true } else { false } }
    #expect(calls.count == 10_000)
    #expect(unit.problem == nil)
  }

  @Test func longConditions() throws {
    let chain = (0..<20_000).map { "x == \($0)" }.joined(separator: "\n||")
    let unit = try facts("int f(int x) { if (\(chain)) return 1; return 0; }")
    #expect(unit.functions.first?.blocks.count == 20_002)
  }

  @Test func largeSwitches() throws {
    let cases = (0..<10_000).map { "case \($0): g(\($0)); break;" }.joined(separator: "\n")
    let unit = try facts("void g(int);\nvoid f(int x) { switch (x) { \(cases) } }")
    #expect(unit.functions.first?.blocks.count == 10_002)
  }

  @Test func deepNesting() throws {
    let unit = try facts("int f(int x) { return \(String(repeating: "!", count: 20_000))x; }")
    #expect(unit.functions.count == 1 || unit.problem != nil)
  }

  @Test func nothing() throws {
    let unit = try facts("")
    #expect(unit.functions.isEmpty)
    #expect(unit.problem == nil)
  }

  @Test func noC() throws {
    let unit = try facts("\u{1}\u{2}{{{ ]] %%% int ((( \\ \" ' f(")
    #expect(unit.problem != nil)
  }
}
