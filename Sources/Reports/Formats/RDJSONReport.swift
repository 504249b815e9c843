import Checks

/// Reviewdog's diagnostic format, `rdjson` (reviewdog, proto/rdf/reviewdog.proto): lines and columns count from 1, columns
/// count bytes, ends are exclusive, as here.
public struct RDJSONReport: Encodable {
  struct Source: Encodable {
    var name = "spawnlint"
  }

  struct Code: Encodable {
    var value: String
    var url: String?
  }

  struct Position: Encodable {
    var line: Int
    var column: Int
  }

  struct Range: Encodable {
    var start: Position
    var end: Position
  }

  struct Place: Encodable {
    var path: String
    /// Absent where the whole file is meant.
    var range: Range?

    init(_ location: Location, _ tree: SourceTree) {
      path = tree.shown(location.file)
      guard location.line > 0 else { return }
      range = Range(
        start: Position(line: location.line, column: max(location.column, 1)),
        end: Position(line: max(location.endLine, location.line), column: max(location.endColumn, 1)))
    }
  }

  struct Related: Encodable {
    var message: String
    var location: Place
  }

  struct Diagnostic: Encodable {
    var message: String
    var location: Place
    var severity: String
    var code: Code
    var related_locations: [Related]?
  }

  var source = Source()
  var diagnostics: [Diagnostic]

  public init(_ result: RunResult, context: ReportContext) {
    let tree = context.tree
    let links = Dictionary(
      context.pages.map { ($0.id, $0.link) }, uniquingKeysWith: { first, _ in first })
    diagnostics = result.incomplete.map { unit in
      let location =
        unit.location ?? Location(file: unit.file, line: 0, column: 0, endLine: 0, endColumn: 0)
      return Diagnostic(
        message: "\(unit.file) was not understood completely: \(unit.message)",
        location: Place(location, tree), severity: "ERROR", code: Code(value: "incomplete"))
    }
    diagnostics += result.findings.map { finding in
      let related =
        finding.steps.filter { $0.location != finding.location }
        .map { Related(message: $0.message, location: Place($0.location, tree)) }
      return Diagnostic(
        message: finding.message + (finding.instead.map { "\nInstead: \($0)" } ?? ""),
        location: Place(finding.location, tree), severity: Self.severity(finding.level),
        code: Code(value: finding.check, url: links[finding.check] ?? nil),
        related_locations: related.isEmpty ? nil : related)
    }
  }

  public func render() throws -> String { try JSONText.encode(self) }

  private static func severity(_ level: Level) -> String {
    switch level {
    case .error: "ERROR"
    case .warning: "WARNING"
    case .note: "INFO"
    }
  }
}
