import Checks

/// Findings in clang's style: `file:line:column: level: message [check]`, the source line with a mark, notes
/// for the way that leads there and for the causes behind it.
public struct TextReport {
  public var style: Style
  /// Leaves out the notes' source lines and the summary.
  public var isQuiet: Bool
  private var source: SourceText

  /// More causes than this are counted, not listed; JSON and SARIF hold all.
  static let maximumCauses = 12

  public init(source: SourceText, style: Style, isQuiet: Bool = false) {
    self.source = source
    self.style = style
    self.isQuiet = isQuiet
  }

  public mutating func render(_ result: RunResult) -> String {
    var output = ""
    for unit in result.incomplete { output += incomplete(unit) }
    for finding in result.findings { output += render(finding) }
    if !isQuiet {
      for line in Wording.summary(of: result) { output += line + "\n" }
    }
    return output
  }

  mutating func render(_ finding: Finding) -> String {
    var output = diagnostic(
      at: finding.location, label: finding.level.rawValue, ink: ink(finding.level),
      message: finding.message, check: finding.check, isStrong: true)
    for step in finding.steps {
      output += note(step.message, at: step.location, withSource: step.location != finding.location)
    }
    for cause in finding.causes.prefix(Self.maximumCauses) {
      let check = cause.check == finding.check ? nil : cause.check
      let isHere = cause.location == finding.location
      output += note(Wording.cause(cause), at: cause.location, check: check, withSource: !isHere)
    }
    if finding.causes.count > Self.maximumCauses {
      let more = finding.causes.count - Self.maximumCauses
      output += note(
        "and \(Wording.count(more, "more cause")): --format json lists all", at: finding.location)
    }
    output += otherSpawnSites(of: finding)
    if let instead = finding.instead {
      output += note("instead: " + instead, at: finding.location, withSource: false)
    }
    return output
  }

  /// The steps show the shortest way only; the remaining spawn calls are named.
  private mutating func otherSpawnSites(of finding: Finding) -> String {
    let shown = finding.steps.map(\.location)
    return finding.spawnSites.filter { site in
      !shown.contains { $0.file == site.file && $0.line == site.line }
    }
    .map { note("a child of this spawn call comes here too", at: $0, withSource: false) }
    .joined()
  }

  private mutating func incomplete(_ unit: IncompleteUnit) -> String {
    let location =
      unit.location ?? Location(file: unit.file, line: 0, column: 0, endLine: 0, endColumn: 0)
    return diagnostic(
      at: location, label: "error", ink: .red, message: unit.message, check: "incomplete", isStrong: true)
  }

  private mutating func note(
    _ message: String, at location: Location, check: String? = nil, withSource: Bool = true
  ) -> String {
    diagnostic(
      at: location, label: "note", ink: .cyan, message: message, check: check, isStrong: false,
      withSource: withSource && !isQuiet)
  }

  private mutating func diagnostic(
    at location: Location, label: String, ink: Style.Ink, message: String, check: String?, isStrong: Bool,
    withSource: Bool = true
  ) -> String {
    let head = style.paint(place(location) + ":", .bold)
    let suffix = check.map { " [\($0)]" } ?? ""
    let text = isStrong ? style.paint(message + suffix, .bold) : message + suffix
    return "\(head) \(style.paint(label + ":", ink)) \(text)\n" + (withSource ? snippet(location) : "")
  }

  private func place(_ location: Location) -> String {
    guard location.line > 0 else { return location.file }
    guard location.column > 0 else { return "\(location.file):\(location.line)" }
    return "\(location.file):\(location.line):\(location.column)"
  }

  private mutating func snippet(_ location: Location) -> String {
    guard let line = source.line(location.line, of: location.file),
      let snippet = Snippet(line: line, location: location)
    else { return "" }
    let number = String(location.line)
    let width = max(5, number.count + 1)
    let padding = String(repeating: " ", count: width - number.count)
    let gutter = String(repeating: " ", count: width)
    return "\(padding)\(number) | \(snippet.text)\n\(gutter) | \(style.paint(snippet.mark, .green))\n"
  }

  private func ink(_ level: Level) -> Style.Ink {
    switch level {
    case .error: .red
    case .warning: .magenta
    case .note: .cyan
    }
  }
}
