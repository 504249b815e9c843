import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import Reports

/// The reports for other programs have the form that these demand.
@Suite struct SchemaTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Schemas")

  static func schema(_ name: String) throws -> JSONSchema {
    try JSONSchema(
      String(contentsOf: folder.appendingPathComponent(name + ".json"), encoding: .utf8))
  }

  private func texts(_ format: ReportFormat, view: ReportView = .findings) throws -> [String] {
    try [Sample.result, Sample.empty].map {
      try Report($0, view: view, context: try Sample.context(), source: Sample.source).render(format)
    }
  }

  @Test(arguments: [ReportFormat.sarif, .gitlab, .rdjson])
  func json(_ format: ReportFormat) throws {
    for text in try texts(format) { #expect(try Self.schema(format.rawValue).mistakes(in: text) == []) }
  }

  @Test func sitesInSARIF() throws {
    for text in try texts(.sarif, view: .sites) { #expect(try Self.schema("sarif").mistakes(in: text) == []) }
  }

  /// The schemas find mistakes.
  @Test func mistakesAreFound() throws {
    let sarif = try texts(.sarif)[0]
    let schema = try Self.schema("sarif")
    #expect(
      try schema.mistakes(in: sarif.replacing("\"version\" : \"2.1.0\"", with: "\"version\" : \"2.0.0\""))
        == [
          "version: is not '2.1.0'"
        ])
    let line = sarif.replacing("\"startLine\" : 6", with: "\"startLine\" : 0")
    #expect(try schema.mistakes(in: line).allSatisfy { $0.hasSuffix("startLine: is too small") })
    #expect(try !schema.mistakes(in: line).isEmpty)
    #expect(try !schema.mistakes(in: sarif.replacing("\"ruleId\"", with: "\"ruleID\"")).isEmpty)
    #expect(try !schema.mistakes(in: sarif.replacing("/pro%20ject/", with: "/pro ject/")).isEmpty)
  }

  @Test(arguments: [ReportFormat.junit, .checkstyle, .codechecker])
  func xmlIsWellFormed(_ format: ReportFormat) throws {
    for text in try texts(format) {
      let reader = XMLReader()
      let parser = XMLParser(data: Data(text.utf8))
      parser.delegate = reader
      #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    }
  }

  /// Numbers of JUnit's suites are those of their cases.
  @Test func junitCounts() throws {
    let reader = XMLReader()
    let parser = XMLParser(data: Data(try texts(.junit)[0].utf8))
    parser.delegate = reader
    #expect(parser.parse())
    func sum(_ name: String, of element: String) -> Int {
      reader.elements.filter { $0.name == element }.compactMap { $0.attributes[name].flatMap { Int($0) } }
        .reduce(0, +)
    }
    for (attribute, element) in [
      ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"),
    ] {
      let number = reader.elements.count { $0.name == element }
      #expect(sum(attribute, of: "testsuite") == number)
      #expect(sum(attribute, of: "testsuites") == number)
    }
  }

  @Test func propertyListIsReadBack() throws {
    let list = try PropertyListSerialization.propertyList(
      from: Data(try texts(.codechecker)[0].utf8), format: nil)
    let root = try #require(list as? [String: Any])
    #expect(
      root["files"] as? [String]
        == ["broken.c", "spawn.c", "log.c"].map { "/home/me/pro ject/src/" + $0 })
    let diagnostics = try #require(root["diagnostics"] as? [[String: Any]])
    #expect(
      diagnostics.map { $0["check_name"] as? String } == [
        "spawnlint-incomplete", "spawnlint-child-allocates", "spawnlint-child-stdio",
        "spawnlint-child-callback",
      ])
    #expect(Set(diagnostics.map { $0["issue_hash_content_of_line_in_context"] as? String }).count == 4)
  }

  /// Whatever a source holds, it ends no element, command or cell.
  @Test func hostileTexts() {
    let text = "a\"b'<c>&\u{1B}[31m\n|`x`,:%\u{202E}"
    #expect(
      XMLText.escaped(text, inAttribute: true)
        == "a&quot;b'&lt;c&gt;&amp;&lt;U+001B&gt;[31m&#10;|`x`,:%\u{202E}")
    #expect(XMLText.escaped("\u{0}\u{FFFF}", inAttribute: false) == "&lt;U+0000&gt;&lt;U+FFFF&gt;")
    #expect(
      HTMLText.escaped(text)
        == "a&quot;b&#39;&lt;c&gt;&amp;&lt;U+001B&gt;[31m\n|`x`,:%&lt;U+202E&gt;")
    #expect(MarkdownText.escaped("a|b\n*c* <d> @e") == "a\\|b \\*c\\* \\<d\\> @\u{2060}e")
    #expect(MarkdownText.code("a``b") == "``` a``b ```")
    #expect(MarkdownText.cellCode("a|b") == "`a\\|b`")
  }
}

private final class XMLReader: NSObject, XMLParserDelegate {
  private(set) var elements: [(name: String, attributes: [String: String])] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append((name, attributes))
  }
}
