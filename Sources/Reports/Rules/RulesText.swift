import Checks

/// The rule report for a terminal: the table of all checks, or one page.
public struct RulesText {
  public var style: Style

  public init(style: Style) {
    self.style = style
  }

  public func table(_ pages: [CheckPage]) -> String {
    let rows =
      [["check", "fork child", "vfork child", "parent", "summary"]]
      + pages.map { page in
        [
          page.id, RulesWording.level(page.levels.fork), RulesWording.level(page.levels.vfork),
          RulesWording.level(page.levels.parent), page.summary,
        ]
      }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var output = ""
    for (index, row) in rows.enumerated() {
      let cells = (0..<4).map { column in
        row[column] + String(repeating: " ", count: widths[column] - row[column].count)
      }
      let head = style.paint(cells[0], .bold)
      let line = ([head] + cells[1...] + [row[4]]).joined(separator: "  ")
      output += (index == 0 ? style.paint(line, .bold) : line) + "\n"
    }
    return output
  }

  public func render(_ page: CheckPage) -> String {
    var output = style.paint("\(page.id): \(page.title)", .bold) + "\n\n\(page.summary)\n"
    output += section(
      "Levels", RulesWording.rulings(page).map { "\($0.child): \($0.ruling)" }.joined(separator: "\n"))
    for part in RulesWording.parts(page) { output += section(part.title, part.text) }
    output += section("Reported", page.bad)
    output += section("Not reported", page.good)
    output += section("Sources", page.sources.map { "- \($0)" }.joined(separator: "\n"))
    return output
  }

  private func section(_ title: String, _ text: String) -> String {
    let body = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }
    var lines = Array(body)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return "\n" + style.paint(title, .bold) + "\n" + lines.joined(separator: "\n") + "\n"
  }
}
