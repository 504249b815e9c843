import Checks

/// A Code Quality report for GitLab's merge requests (GitLab Docs, "Code Quality report format").
public struct GitLabReport: Encodable {
  struct Issue: Encodable {
    var description: String
    var check_name: String
    var fingerprint: String
    var severity: String
    var location: Place
  }

  struct Place: Encodable {
    var path: String
    var lines: Lines
  }

  struct Lines: Encodable {
    var begin: Int
    var end: Int
  }

  private var issues: [Issue]

  public init(_ result: RunResult, context: ReportContext) {
    let tree = context.tree
    issues = zip(result.findings, Fingerprint.all(of: result, tree: tree).findings).map {
      finding, fingerprint in
      Issue(
        description: "\(finding.check): \(finding.message)", check_name: finding.check,
        fingerprint: fingerprint, severity: Self.severity(finding.level),
        location: Self.place(finding.location, tree))
    }
    issues += result.incomplete.map { unit in
      let location =
        unit.location ?? Location(file: unit.file, line: 1, column: 0, endLine: 1, endColumn: 0)
      return Issue(
        description: "incomplete: \(unit.file) was not understood completely: \(unit.message)",
        check_name: "incomplete",
        fingerprint: Fingerprint.hash(["incomplete", tree.shown(unit.file), unit.message]),
        severity: "blocker", location: Self.place(location, tree))
    }
  }

  public func encode(to encoder: any Encoder) throws { try issues.encode(to: encoder) }

  public func render() throws -> String { try JSONText.encode(self) }

  private static func severity(_ level: Level) -> String {
    switch level {
    case .error: "critical"
    case .warning: "major"
    case .note: "info"
    }
  }

  private static func place(_ location: Location, _ tree: SourceTree) -> Place {
    let line = max(location.line, 1)
    return Place(path: tree.shown(location.file), lines: Lines(begin: line, end: max(line, location.endLine)))
  }
}
