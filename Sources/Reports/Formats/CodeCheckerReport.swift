import Checks

/// A property list in the form of clang's static analyzer, which CodeChecker stores: each finding with its way as the
/// path of the report. Columns count bytes, and ends are the last character.
public struct CodeCheckerReport {
  private let context: ReportContext

  public init(context: ReportContext) {
    self.context = context
  }

  public func render(_ result: RunResult) -> String {
    var files: [String] = []
    func index(of file: String) -> Int {
      // CodeChecker reads the sources from these paths when it stores the report.
      let path = context.tree.absolute(file)
      if let known = files.firstIndex(of: path) { return known }
      files.append(path)
      return files.count - 1
    }
    var diagnostics = result.incomplete.map { incomplete($0, index: index) }
    diagnostics += zip(result.findings, Fingerprint.all(of: result, tree: context.tree).findings).map {
      diagnostic($0, fingerprint: $1, index: index)
    }
    var xml = XMLWriter()
    xml.prologue(
      "<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"
    )
    xml.element("plist", ["version": "1.0"]) { xml in
      Value.dictionary([
        ("clang_version", .string("spawnlint \(context.toolVersion)")),
        ("diagnostics", .array(diagnostics)), ("files", .array(files.map(Value.string))),
        (
          "metadata",
          .dictionary([
            ("analyzer", .dictionary([("name", .string("spawnlint"))])),
            (
              "generated_by",
              .dictionary([("name", .string("spawnlint")), ("version", .string(context.toolVersion))])
            ),
          ])
        ),
      ]).write(to: &xml)
    }
    return xml.text
  }

  private indirect enum Value {
    case string(String)
    case integer(Int)
    case array([Value])
    case dictionary([(String, Value)])

    func write(to xml: inout XMLWriter) {
      switch self {
      case .string(let text): xml.element("string", text: text)
      case .integer(let number): xml.element("integer", text: String(number))
      case .array(let values):
        xml.element("array") { xml in
          for value in values { value.write(to: &xml) }
        }
      case .dictionary(let pairs):
        xml.element("dict") { xml in
          for (key, value) in pairs {
            xml.element("key", text: key)
            value.write(to: &xml)
          }
        }
      }
    }
  }

  private func diagnostic(_ finding: Finding, fingerprint: String, index: (String) -> Int) -> Value {
    var path = finding.steps.map { event($0.message, $0.location, index) }
    // The report's own place ends the path, whatever lies behind it.
    path.append(event(finding.message, finding.location, index))
    let notes = finding.causes.map { event(Wording.cause($0), $0.location, index) }
    return report(
      finding.check, finding.message, fingerprint, at: place(finding.location, index), path: path,
      notes: notes)
  }

  private func incomplete(_ unit: IncompleteUnit, index: (String) -> Int) -> Value {
    let location =
      unit.location ?? Location(file: unit.file, line: 0, column: 0, endLine: 0, endColumn: 0)
    let message = "\(context.tree.shown(unit.file)) was not understood completely: \(unit.message)"
    return report(
      "incomplete", message,
      Fingerprint.hash(["incomplete", context.tree.shown(location.file), unit.message]),
      at: place(location, index), path: [event(message, location, index)], notes: [])
  }

  private func report(
    _ check: String, _ message: String, _ hash: String, at place: Value, path: [Value], notes: [Value]
  ) -> Value {
    .dictionary([
      ("category", .string("spawn safety")), ("check_name", .string("spawnlint-\(check)")),
      ("description", .string(message)), ("issue_hash_content_of_line_in_context", .string(hash)),
      ("location", place), ("notes", .array(notes)), ("path", .array(path)), ("type", .string(check)),
    ])
  }

  private func event(_ message: String, _ location: Location, _ index: (String) -> Int) -> Value {
    .dictionary([
      ("depth", .integer(0)), ("extended_message", .string(message)), ("kind", .string("event")),
      ("location", place(location, index)), ("message", .string(message)),
      ("ranges", .array([.array([place(location, index), end(location, index)])])),
    ])
  }

  private func place(_ location: Location, _ index: (String) -> Int) -> Value {
    position(location.line, location.column, location.file, index)
  }

  private func end(_ location: Location, _ index: (String) -> Int) -> Value {
    let line = max(location.endLine, location.line)
    let first = line == location.line ? location.column : 1
    return position(line, max(location.endColumn - 1, first), location.file, index)
  }

  private func position(_ line: Int, _ column: Int, _ file: String, _ index: (String) -> Int) -> Value {
    .dictionary([
      ("col", .integer(max(column, 1))), ("file", .integer(index(file))), ("line", .integer(max(line, 1))),
    ])
  }
}
