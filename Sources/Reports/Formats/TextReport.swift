import Checks

/// Findings in clang's style: `file:line:column: level: message [check]`, the source line with a mark, notes
/// for the way that leads there and for the causes behind it.
public struct TextReport {
  public var style: Style
  /// Leaves out the notes' source lines and the summary.
  public var isQuiet: Bool
  private var source: SourceText
  /// Places of the current finding whose source line was printed; once is enough.
  private var shown: Set<Location> = []

  /// More causes, or more further spawn calls, than this are counted, not listed; JSON and SARIF hold all.
  static let maximumList = 8

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
    shown = []
    var output = diagnostic(
      at: finding.location, label: finding.level.rawValue, ink: ink(finding.level),
      message: finding.message, check: finding.check, isStrong: true)
    let causes = finding.distinctCauses
    output += way(of: finding, to: causes.first)
    output += list(of: causes, in: finding)
    output += otherSpawnSites(of: finding)
    if !finding.variants.isEmpty {
      output += note(Wording.variants(finding.variants), at: finding.location, withSource: false)
    }
    if let instead = finding.instead {
      output += note("instead: " + instead, at: finding.location, withSource: false)
    }
    return output
  }

  /// The steps; source lines stand below the first and the last one, the way between is one line each.
  private mutating func way(of finding: Finding, to worst: Cause?) -> String {
    var output = ""
    for (index, step) in finding.steps.enumerated() {
      let isLast = index == finding.steps.count - 1
      var message = step.message
      if isLast {
        // A last step at the place itself says what the finding's line says.
        if step.location == finding.location { break }
        if let worst, worst.location == step.location, finding.isSaid(worst) {
          message += "; " + Wording.evidence(worst)
        }
      }
      output += note(message, at: step.location, withSource: index == 0 || isLast)
    }
    return output
  }

  /// The causes in a line each, without the one that is told as the end of the way.
  private mutating func list(of causes: [Cause], in finding: Finding) -> String {
    var output = ""
    for (index, cause) in causes.prefix(Self.maximumList).enumerated() {
      let isWorst = index == 0 && finding.isSaid(cause)
      if isWorst, cause.location != finding.location, cause.location == finding.steps.last?.location {
        continue
      }
      output += note(
        isWorst && cause.location == finding.location ? Wording.evidence(cause) : Wording.cause(cause),
        at: cause.location, check: cause.check == finding.check ? nil : cause.check, withSource: false)
    }
    if causes.count > Self.maximumList {
      output += note(
        "and \(causes.count - Self.maximumList) more: --format json lists all", at: finding.location,
        withSource: false)
    }
    return output
  }

  /// The steps show the shortest way only; the remaining spawn calls are named.
  private mutating func otherSpawnSites(of finding: Finding) -> String {
    let way = finding.steps.map(\.location)
    let others = finding.spawnSites.filter { site in
      !way.contains { $0.file == site.file && $0.line == site.line }
    }
    var output = ""
    for site in others.prefix(Self.maximumList) {
      output += note("a child of this spawn site comes here too", at: site, withSource: false)
    }
    if others.count > Self.maximumList {
      output += note(
        "and children of \(others.count - Self.maximumList) more spawn sites: --format json lists all",
        at: finding.location, withSource: false)
    }
    return output
  }

  private mutating func incomplete(_ unit: IncompleteUnit) -> String {
    shown = []
    let location =
      unit.location ?? Location(file: unit.file, line: 0, column: 0, endLine: 0, endColumn: 0)
    return diagnostic(
      at: location, label: "error", ink: .red, message: unit.message, check: "incomplete", isStrong: true)
  }

  private mutating func note(
    _ message: String, at location: Location, check: String? = nil, withSource: Bool
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
    guard shown.insert(location).inserted, let line = source.line(location.line, of: location.file),
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

extension Finding {
  /// One for each construct: children of several kinds may come to the same one. The worst counts.
  fileprivate var distinctCauses: [Cause] {
    var seen: Set<[String]> = []
    return causes.filter { cause in
      let place = cause.location
      return seen.insert([place.file, "\(place.line):\(place.column)", cause.callee ?? "", cause.function])
        .inserted
    }
  }

  /// Whether the first line gives the cause's reason.
  fileprivate func isSaid(_ cause: Cause) -> Bool { message.contains(cause.reason) }
}
