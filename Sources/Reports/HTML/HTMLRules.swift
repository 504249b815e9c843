import Checks

/// The page of a check as a part of a page.
enum HTMLRules {
  static func entry(_ page: CheckPage, remark: String?, isOpen: Bool = false) -> Markup {
    let rulings: [Markup] = RulesWording.rulings(page).map {
      "<tr><th scope=\"row\">\($0.child)</th><td>\($0.ruling)</td></tr>\n"
    }
    let parts: [Markup] = RulesWording.parts(page).map { "<h4>\($0.title)</h4>\n\(paragraphs($0.text))" }
    let sources: [Markup] = page.sources.map { "<li>\($0)</li>\n" }
    let link: Markup = page.link.map { "<li>\(anchor($0))</li>\n" } ?? ""
    let count: Markup = remark.map { " <small>\($0)</small>" } ?? ""
    let search = [page.id, page.title, page.summary].joined(separator: " ").lowercased()
    return """
      <details class="check" id="check-\(page.id)" data-search="\(search)"\(isOpen ? " open" : "")><summary><h3>\(page.id)</h3>\(count) \(page.summary)</summary>
      <div class="scroll"><table><tbody>
      \(rulings)</tbody></table></div>
      \(parts)<h4>Reported</h4>
      <pre class="code"><code>\(page.bad)</code></pre>
      <h4>Not reported</h4>
      <pre class="code"><code>\(page.good)</code></pre>
      <h4>Sources</h4>
      <ul>
      \(sources)\(link)</ul>
      </details>

      """
  }

  /// Only addresses of the web become links.
  private static func anchor(_ address: String) -> Markup {
    guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return "\(address)" }
    return "<a href=\"\(address)\" rel=\"noreferrer\">\(address)</a>"
  }

  private static func paragraphs(_ text: String) -> Markup {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1].append(line) }
    }
    let markup: [Markup] = paragraphs.filter { !$0.isEmpty }.map { "<p>\($0.joined(separator: " "))</p>\n" }
    return "\(markup)"
  }
}
