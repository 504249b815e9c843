import Checks

/// Checkstyle's XML, which many services read: findings by file.
public struct CheckstyleReport {
  private let context: ReportContext

  private struct Problem {
    var file: String
    var line: Int
    var column: Int
    var severity: String
    var message: String
    var check: String
  }

  public init(context: ReportContext) {
    self.context = context
  }

  public func render(_ result: RunResult) -> String {
    var problems = result.incomplete.map { unit in
      Problem(
        file: context.tree.shown(unit.location?.file ?? unit.file), line: unit.location?.line ?? 0,
        column: unit.location?.column ?? 0, severity: "error",
        message: "\(unit.file) was not understood completely: \(unit.message)", check: "incomplete")
    }
    problems += result.findings.map { finding in
      Problem(
        file: context.tree.shown(finding.location.file), line: finding.location.line,
        column: finding.location.column, severity: finding.level == .note ? "info" : finding.level.rawValue,
        message: finding.message, check: finding.check)
    }
    let files = Dictionary(grouping: problems, by: \.file)
    var xml = XMLWriter()
    // The version of the format, not of this program: 4.3 is what consumers know.
    xml.element("checkstyle", ["version": "4.3"]) { xml in
      for file in files.keys.sorted() {
        xml.element("file", ["name": file]) { xml in
          for problem in files[file] ?? [] { Self.write(problem, to: &xml) }
        }
      }
    }
    return xml.text
  }

  private static func write(_ problem: Problem, to xml: inout XMLWriter) {
    xml.element(
      "error",
      [
        "line": String(max(problem.line, 1)), "column": String(max(problem.column, 1)),
        "severity": problem.severity, "message": problem.message, "source": "spawnlint.\(problem.check)",
      ])
  }
}
