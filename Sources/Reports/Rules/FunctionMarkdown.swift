import Catalogue
import Checks

/// What is known of functions, as Markdown.
public struct FunctionMarkdown {
  public init() {}

  public func render(_ facts: FunctionFacts) -> String {
    var output = "# \(MarkdownText.code(facts.name))\n\n"
    if facts.shownAs != facts.name { output += "Judged as \(MarkdownText.code(facts.shownAs)).\n\n" }
    output += "| on \(facts.platform.rawValue) | | why | source |\n| --- | --- | --- | --- |\n"
    for ruling in facts.rulings {
      output += "| \(ruling.context.shown) | \(ruling.verdict) | \(MarkdownText.escaped(ruling.reason)) | "
      output += "\(MarkdownText.escaped(ruling.source)) |\n"
    }
    if let instead = facts.instead {
      output += "\n## What to do instead\n\n\(MarkdownText.escaped(instead))\n"
    }
    output += list("What a call does", facts.effects)
    if !facts.others.isEmpty {
      output += "\n## Elsewhere\n\n| platform | "
      output +=
        ChildContext.allCases.map(\.shown).joined(separator: " | ") + " |\n| --- | --- | --- | --- |\n"
      for (platform, rulings) in facts.others {
        output += "| \(platform.rawValue) | \(rulings.map(\.verdict).joined(separator: " | ")) |\n"
      }
    }
    output += list("What is said of it", facts.remarks.map(\.shown))
    return output + list("Reported by", facts.checks)
  }

  public func table(_ all: [FunctionFacts]) -> String {
    var output = "| function | \(ChildContext.allCases.map(\.shown).joined(separator: " | ")) | instead |\n"
    output += "| --- | --- | --- | --- | --- |\n"
    for facts in all {
      output +=
        "| \(MarkdownText.cellCode(facts.name)) | \(facts.rulings.map(\.verdict).joined(separator: " | ")) | "
      output += "\(MarkdownText.escaped(facts.instead ?? "")) |\n"
    }
    return output
  }

  private func list(_ title: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    return "\n## \(title)\n\n" + items.map { "- \(MarkdownText.escaped($0))\n" }.joined()
  }
}
