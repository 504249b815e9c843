import Foundation
import Testing

@Suite struct CatalogueInputTests {
  @Test func malformedCatalogueNamesFileAndLine() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", "int a;\n")
    _ = try scratch.write("my.yml", "functions:\n  - nonsense: [\n")
    let outcome = try Command.run(["check", "--catalogue", "my.yml", "a.c"], in: scratch.folder)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors.wholeMatch(of: /spawnlint: error: .*my\.yml:\d+:\d+: (?!error).*\n/) != nil,
      "\(outcome.errors)")
  }

  @Test func missingCatalogueIsNamed() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("a.c", "int a;\n")
    let outcome = try Command.run(["check", "--catalogue", "none.yml", "a.c"], in: scratch.folder)
    #expect(outcome.status == 2)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("none.yml"))
  }
}
