import Checks

/// The rule report as Markdown, for web pages and SARIF's `help`.
public struct RulesMarkdown {
  public init() {}

  public func table(_ pages: [CheckPage]) -> String {
    var output = "| check | fork child | vfork child | parent | summary |\n| --- | --- | --- | --- | --- |\n"
    for page in pages {
      let fork = RulesWording.level(page.levels.fork)
      let vfork = RulesWording.level(page.levels.vfork)
      let parent = RulesWording.level(page.levels.parent)
      output += "| `\(page.id)` | \(fork) | \(vfork) | \(parent) | \(escaped(page.summary)) |\n"
    }
    return output
  }

  public func render(_ page: CheckPage) -> String {
    var output = "# \(page.id)\n\n\(page.title). \(page.summary)\n\n"
    output += "| child | level |\n| --- | --- |\n"
    for ruling in RulesWording.rulings(page) { output += "| \(ruling.child) | \(escaped(ruling.ruling)) |\n" }
    for part in RulesWording.parts(page) { output += "\n## \(part.title)\n\n\(trimmed(part.text))\n" }
    output += "\n## Reported\n\n\(fenced(page.bad))\n## Not reported\n\n\(fenced(page.good))"
    output += "\n## Sources\n\n" + page.sources.map { "- \($0)\n" }.joined()
    return output
  }

  private func fenced(_ code: String) -> String { "```c\n\(trimmed(code))\n```\n" }

  private func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }

  /// A bar would end the cell.
  private func escaped(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
