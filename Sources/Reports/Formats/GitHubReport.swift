import Checks

/// Annotations for GitHub: commands that a workflow step prints, one for each finding
/// (GitHub Docs, "Workflow commands for GitHub Actions").
public struct GitHubReport {
  private let context: ReportContext

  public init(context: ReportContext) {
    self.context = context
  }

  public func render(_ result: RunResult) -> String {
    var output = ""
    for unit in result.incomplete {
      output += command(
        "error", at: unit.location ?? Location(file: unit.file, line: 0, column: 0, endLine: 0, endColumn: 0),
        title: "spawnlint: incomplete", message: "\(unit.file) was not understood completely: \(unit.message)"
      )
    }
    for finding in result.findings {
      let lines = [finding.message] + Wording.notes(of: finding, path: context.tree.shown)
      output += command(
        Self.name(finding.level), at: finding.location, title: "spawnlint: \(finding.check)",
        message: lines.joined(separator: "\n"))
    }
    return output
  }

  private static func name(_ level: Level) -> String {
    switch level {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  private func command(_ name: String, at location: Location, title: String, message: String) -> String {
    var properties = [("file", context.tree.shown(location.file))]
    if location.line > 0 {
      properties.append(("line", String(location.line)))
      properties.append(("endLine", String(max(location.endLine, location.line))))
      // GitHub refuses columns when the lines differ.
      if location.endLine == location.line, location.column > 0 {
        properties.append(("col", String(location.column)))
        // Its end is the last character.
        properties.append(("endColumn", String(max(location.column, location.endColumn - 1))))
      }
    }
    properties.append(("title", title))
    let list = properties.map { "\($0.0)=\(Self.escaped($0.1, isProperty: true))" }.joined(separator: ",")
    return "::\(name) \(list)::\(Self.escaped(message, isProperty: false))\n"
  }

  /// What would end a command or a property is percent-encoded.
  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
