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
      if location.line > 0 { range = RDJSONReport.range(location) }
    }
  }

  struct Related: Encodable {
    var message: String
    var location: Place
  }

  struct Suggestion: Encodable {
    var range: Range
    var text: String
  }

  struct Diagnostic: Encodable {
    var message: String
    var location: Place
    var severity: String
    var code: Code
    var suggestions: [Suggestion]?
    var related_locations: [Related]?
  }

  var source = Source()
  var diagnostics: [Diagnostic]

  public init(_ result: RunResult, context: ReportContext, source: SourceText) {
    var source = source
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
        suggestions: finding.fix.flatMap { Self.suggestion($0, &source) }.map { [$0] },
        related_locations: related.isEmpty ? nil : related)
    }
  }

  public func render() throws -> String { try JSONText.encode(self) }

  private static func range(_ location: Location) -> Range {
    Range(
      start: Position(line: location.line, column: max(location.column, 1)),
      end: Position(line: max(location.endLine, location.line), column: max(location.endColumn, 1)))
  }

  /// Reviewdog takes several suggestions for several ways out, so a fix is one, from its first edit to its last one.
  private static func suggestion(_ fix: Fix, _ source: inout SourceText) -> Suggestion? {
    guard let first = fix.edits.first, let last = fix.edits.last else { return nil }
    var text = ""
    var end = first.location
    for (index, edit) in fix.edits.enumerated() {
      if index > 0 {
        guard let between = source.text(from: end, to: edit.location) else { return nil }
        text += between
      }
      text += edit.new
      end = edit.location
    }
    var whole = first.location
    whole.endLine = last.location.endLine
    whole.endColumn = last.location.endColumn
    return Suggestion(range: range(whole), text: text)
  }

  private static func severity(_ level: Level) -> String {
    switch level {
    case .error: "ERROR"
    case .warning: "WARNING"
    case .note: "INFO"
    }
  }
}
