import Catalogue
import TestSupport
import Testing

@testable import Reports

/// What is known of functions, in all forms.
@Suite struct FunctionTests {
  private static let text = """
    source: "the manual"
    lists:
      - {platform: posix-2017, source: "POSIX", safe: [write]}
      - platform: glibc
        source: "glibc's manual"
        preliminary: true
        unsafe:
          "heap lock": [opendir]
    functions:
      opendir:
        check: child-allocates
        keeps-user-state: true
        instead: "Use open | getdents64."
      opendir64: {shown-as: opendir}
      clone_it:
        spawns: vfork
        certainty:
          fork: {is: unlisted, because: "a thin <system> call", source: "clone(2)"}
          vfork: {is: harmful, because: "two children in one memory", source: "clone(2)", instead: "Use fork."}
      finish: {ends: exit, creates-threads: true, locks: {acquire: 1}}

    """

  private static func facts(
    _ name: String, platform: Platform = .glibc, withOthers: Bool = true
  ) throws -> FunctionFacts {
    let catalogue = Catalogue(try CatalogueText.compile(files: [("facts.yml", text)]))
    return try #require(FunctionFacts(name, in: catalogue, platform: platform, withOthers: withOthers))
  }

  private static let names = ["clone_it", "finish", "opendir", "opendir64", "write"]

  @Test func explanations() throws {
    let all = try Self.names.map { try Self.facts($0) }
    try expectText(all.map(FunctionText(style: .plain).render).joined(separator: "\n"), "explain.txt")
    try expectText(all.map(FunctionMarkdown().render).joined(separator: "\n"), "explain.md")
    try expectText(FunctionJSON(all).render(), "explain.json")
  }

  @Test func tables() throws {
    let all = try Self.names.map { try Self.facts($0, withOthers: false) }
    try expectText(FunctionText(style: .plain).table(all), "functions.txt")
    try expectText(FunctionMarkdown().table(all), "functions.md")
  }

  @Test func page() throws {
    let functions = try Self.names.map { try Self.facts($0, platform: .musl, withOthers: false) }
    let page = RulesHTML(platform: .musl)
    try expectText(
      FormatTests.withoutAssets(page.render(try Sample.pages(), functions: functions)), "rules.html")
    #expect(!page.render(try Sample.pages(), functions: []).contains("<section id=\"functions\""))
  }

  @Test func sarif() throws {
    let text = try SARIFReport.rules(try Sample.pages(), toolVersion: "0.1.0")
    try expectText(text, "rules.sarif")
    #expect(try SchemaTests.schema("sarif").mistakes(in: text) == [])
  }

  @Test func unknownFunctionsHaveNoFacts() throws {
    let catalogue = Catalogue(try CatalogueText.compile(files: [("facts.yml", Self.text)]))
    #expect(FunctionFacts("nowhere", in: catalogue, platform: .glibc) == nil)
  }
}
