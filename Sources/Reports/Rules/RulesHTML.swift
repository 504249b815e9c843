import Catalogue
import Checks

/// The rule report as a page for a browser: every check in full, and a table of all functions of the catalogue to search.
public struct RulesHTML {
  private let platform: Platform

  public init(platform: Platform) {
    self.platform = platform
  }

  /// - Parameter functions: none for the page of single checks.
  public func render(_ pages: [CheckPage], functions: [FunctionFacts]) -> String {
    let checks: [Markup] = pages.map { HTMLRules.entry($0, remark: nil, isOpen: pages.count == 1) }
    var body: Markup = """
      <header>
      <h1>spawnlint: \(pages.count == 1 ? pages[0].id : "rules")</h1>
      </header>
      <main id="main">
      <form id="filters" class="filters" role="search" hidden>
      <label class="search">Search <input type="search" name="text" placeholder="function or check"></label>
      <button type="button" id="theme">Light or dark</button>
      <output id="count" aria-live="polite"></output>
      </form>
      <section id="checks" aria-labelledby="checks-title">
      <h2 id="checks-title">Checks</h2>
      \(checks)</section>

      """
    if !functions.isEmpty { body += table(functions) }
    body += "</main>\n"
    return HTMLPage.render(
      title: pages.count == 1 ? "spawnlint: \(pages[0].id)" : "spawnlint: rules", body: body)
  }

  private func table(_ functions: [FunctionFacts]) -> Markup {
    let heads: [Markup] = ChildContext.allCases.map { "<th scope=\"col\">\($0.shown)</th>" }
    let rows: [Markup] = functions.map(row)
    return """
      <section id="functions" aria-labelledby="functions-title">
      <h2 id="functions-title">Functions</h2>
      <p>What a call in a child is worth on \(platform.rawValue), if other threads are possible. Dots are calls that are all right.</p>
      <div class="scroll"><table class="functions"><thead><tr><th scope="col">function</th>\(heads)<th scope="col">why, and what instead</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>
      </section>

      """
  }

  private func row(_ facts: FunctionFacts) -> Markup {
    let cells: [Markup] = facts.rulings.map { ruling in
      ruling.level.map { "<td>\(HTMLPage.badge($0.rawValue))</td>" }
        ?? "<td><span title=\"all right\">·</span></td>"
    }
    var reasons: [String] = []
    // What a longer one says too need not be said again.
    for reason in facts.rulings.map(\.reason)
    where !reason.isEmpty && !reasons.contains(where: { $0.contains(reason) }) {
      reasons.removeAll { reason.contains($0) }
      reasons.append(reason)
    }
    let alias: Markup = facts.shownAs == facts.name ? "" : " <small>as \(facts.shownAs)</small>"
    let instead: Markup = facts.instead.map { " <b>Instead:</b> \($0)" } ?? ""
    let checks: [Markup] = facts.checks.map { " <a href=\"#check-\($0)\">\($0)</a>" }
    return
      "<tr data-search=\"\((facts.name + " " + facts.shownAs).lowercased())\" data-function><th scope=\"row\"><code>\(facts.name)</code>\(alias)</th>\(cells)<td>\(reasons.joined(separator: "; "))\(instead)\(checks)</td></tr>\n"
  }
}
