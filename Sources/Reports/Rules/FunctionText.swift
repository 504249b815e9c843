import Catalogue
import Checks

/// What is known of functions, for a terminal.
public struct FunctionText {
  public var style: Style

  public init(style: Style) {
    self.style = style
  }

  public func render(_ facts: FunctionFacts) -> String {
    let alias = facts.shownAs == facts.name ? "" : ", judged as \(facts.shownAs)"
    var output = style.paint("\(facts.name)\(alias), on \(facts.platform.rawValue)", .bold) + "\n"
    for ruling in facts.rulings {
      output += "\n  \(ruling.context.shown): \(style.paint(ruling.verdict, ink(ruling.level)))\n"
      if !ruling.reason.isEmpty { output += "    \(ruling.reason)\n" }
      if !ruling.source.isEmpty { output += "    (\(ruling.source))\n" }
      if let instead = ruling.instead, instead != facts.instead { output += "    instead: \(instead)\n" }
    }
    if let instead = facts.instead { output += section("What to do instead", [instead]) }
    if !facts.effects.isEmpty { output += section("What a call does", facts.effects) }
    output += section("Elsewhere", elsewhere(facts))
    if !facts.remarks.isEmpty { output += section("What is said of it", facts.remarks.map(\.shown)) }
    if !facts.checks.isEmpty {
      output += section("Reported by", facts.checks.map { "\($0) (spawnlint rules \($0))" })
    }
    return output
  }

  /// One line for each function.
  public func table(_ all: [FunctionFacts]) -> String {
    let rows =
      [["function"] + ChildContext.allCases.map(\.shown)]
      + all.map { facts in [facts.name] + facts.rulings.map(\.verdict) }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var output = ""
    for (index, row) in rows.enumerated() {
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
      }
      output += (index == 0 ? style.paint(line, .bold) : line) + "\n"
    }
    return output
  }

  /// Platforms that agree share a line.
  private func elsewhere(_ facts: FunctionFacts) -> [String] {
    var lines: [(verdicts: [String], platforms: [String])] = []
    for (platform, rulings) in facts.others {
      let verdicts = rulings.map(\.verdict)
      if let known = lines.firstIndex(where: { $0.verdicts == verdicts }) {
        lines[known].platforms.append(platform.rawValue)
      } else {
        lines.append((verdicts, [platform.rawValue]))
      }
    }
    let own = facts.rulings.map(\.verdict)
    return lines.map { verdicts, platforms in
      let text =
        verdicts == own
        ? "the same"
        : zip(ChildContext.allCases, verdicts).map { "\($0.shown) \($1)" }.joined(separator: ", ")
      return "\(platforms.joined(separator: ", ")): \(text)"
    }
  }

  private func section(_ title: String, _ lines: [String]) -> String {
    guard !lines.isEmpty else { return "" }
    return "\n" + style.paint(title, .bold) + "\n" + lines.map { "  \($0)\n" }.joined()
  }

  private func ink(_ level: Level?) -> Style.Ink {
    switch level {
    case .error: .red
    case .warning: .magenta
    case .note: .cyan
    case nil: .green
    }
  }
}
