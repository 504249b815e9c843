import Checks

/// A run as one page for a browser: totals, findings with their ways, spawn sites with pictures of their child paths,
/// the checks that found something, and the sources.
public struct HTMLReport {
  /// With more findings than this their ways are folded.
  private static let unfolded = 20

  private let context: ReportContext
  private var sources: HTMLSources

  public init(context: ReportContext, source: SourceText) {
    self.context = context
    sources = HTMLSources(source: source, tree: context.tree)
  }

  public mutating func render(_ result: RunResult) -> String {
    mention(result)
    var body: Markup = "<header>\n<h1>spawnlint</h1>\n\(totals(result))</header>\n"
    body += "<main id=\"main\">\n"
    body += filters(result)
    body += section("incomplete", "Not understood completely", incomplete(result))
    body += section("findings", "Findings", findings(result))
    body += section("sites", "Spawn sites", sites(result))
    body += section("checks", "Checks", checks(result))
    body += section("sources", "Sources", sources.render())
    body += "</main>\n<footer><p>spawnlint \(context.toolVersion), \(context.libraryVersion)</p></footer>\n"
    return HTMLPage.render(title: "spawnlint: \(Wording.findings(result.findings))", body: body)
  }

  /// Nothing where there is nothing to tell.
  private func section(_ id: String, _ title: String, _ content: Markup) -> Markup {
    content.text.isEmpty
      ? ""
      : "<section id=\"\(id)\" aria-labelledby=\"\(id)-title\">\n<h2 id=\"\(id)-title\">\(title)</h2>\n\(content)</section>\n"
  }

  private mutating func mention(_ result: RunResult) {
    for finding in result.findings + result.suppressed.map(\.finding) {
      sources.mention(finding.location)
      for step in finding.steps { sources.mention(step.location) }
      for cause in finding.causes { sources.mention(cause.location) }
      for site in finding.spawnSites { sources.mention(site) }
    }
    for suppression in result.suppressed.flatMap(\.suppressions) {
      if let location = suppression.location { sources.mention(location) }
    }
    for site in result.sites {
      sources.mention(site.location)
      for function in site.graph?.functions ?? [] {
        sources.mention(function.location)
        for event in function.events { sources.mention(event.location) }
      }
    }
    for unit in result.incomplete { if let location = unit.location { sources.mention(location) } }
  }

  // MARK: Totals

  private func totals(_ result: RunResult) -> Markup {
    func card(_ number: Int, _ word: String, _ kind: String, _ target: String) -> Markup {
      "<li class=\"card \(kind)\(number == 0 ? " none" : "")\"><a href=\"#\(target)\"><b>\(number)</b> \(word)</a></li>\n"
    }
    let cards: [Markup] =
      Level.allCases.reversed().map { level in
        let number = result.findings.count { $0.level == level }
        return card(number, number == 1 ? level.rawValue : level.rawValue + "s", level.rawValue, "findings")
      }
      + [Verdict.violations, .unproven, .verified].map { verdict in
        let number = result.sites.count { $0.verdict == verdict }
        return card(number, "sites \(verdict.rawValue)", verdict.rawValue, "sites")
      }
    let remarks: [Markup] = Wording.summary(of: result).map { "<li>\($0)</li>\n" }
    return "<ul class=\"cards\">\n\(cards)</ul>\n<ul class=\"summary\">\n\(remarks)</ul>\n"
  }

  /// Shown by the script, without which they would do nothing.
  private func filters(_ result: RunResult) -> Markup {
    guard !result.findings.isEmpty || !result.sites.isEmpty else { return "" }
    let all = result.findings + result.suppressed.map(\.finding)
    let checks: [Markup] = Set(all.map(\.check)).sorted().map { "<option>\($0)</option>" }
    let levels: [Markup] = Level.allCases.reversed().map { level in
      "<label><input type=\"checkbox\" name=\"level\" value=\"\(level.rawValue)\" checked> \(level.rawValue)s</label>\n"
    }
    let verdicts: [Markup] = [Verdict.violations, .unproven, .verified].map { verdict in
      "<label><input type=\"checkbox\" name=\"verdict\" value=\"\(verdict.rawValue)\" checked> \(verdict.rawValue)</label>\n"
    }
    let accepted: Markup =
      result.suppressed.isEmpty
      ? "" : "<label><input type=\"checkbox\" name=\"accepted\"> accepted ones too</label>\n"
    return """
      <form id="filters" class="filters" role="search" hidden>
      <label class="search">Search <input type="search" name="text" placeholder="function, file, check, message"></label>
      <label>Check <select name="check"><option value="">all</option>\(checks)</select></label>
      <fieldset><legend>Findings</legend>
      \(levels)\(accepted)</fieldset>
      <fieldset><legend>Spawn sites</legend>
      \(verdicts)</fieldset>
      <button type="button" id="theme">Light or dark</button>
      <output id="count" aria-live="polite"></output>
      </form>

      """
  }

  // MARK: Incomplete

  private func incomplete(_ result: RunResult) -> Markup {
    guard !result.incomplete.isEmpty else { return "" }
    let items: [Markup] = result.incomplete.map { unit in
      let place: Markup = unit.location.map { " (\(sources.link($0)))" } ?? ""
      return "<li>\(context.tree.shown(unit.file)): \(unit.message)\(place)</li>\n"
    }
    return "<ul>\n\(items)</ul>\n"
  }

  // MARK: Findings

  private mutating func findings(_ result: RunResult) -> Markup {
    var output: Markup = ""
    let fingerprints = Fingerprint.all(of: result, tree: context.tree)
    let found = zip(result.findings, fingerprints.findings).map { ($0, [Suppression](), $1) }
    let accepted = zip(result.suppressed, fingerprints.suppressed).map {
      ($0.finding, $0.suppressions, $1)
    }
    let worstFirst = (found + accepted).sorted {
      $0.0.level == $1.0.level ? $0.0.location < $1.0.location : $0.0.level > $1.0.level
    }
    let isOpen = worstFirst.count <= Self.unfolded
    for (finding, suppressions, fingerprint) in worstFirst {
      output += article(finding, suppressions, fingerprint, result, isOpen: isOpen)
    }
    return output
  }

  private mutating func article(
    _ finding: Finding, _ suppressions: [Suppression], _ fingerprint: String, _ result: RunResult,
    isOpen: Bool
  ) -> Markup {
    let words = [
      finding.message, finding.check, finding.function, finding.callee ?? "",
      context.tree.shown(finding.location.file),
    ]
    let search = (words + finding.causes.compactMap(\.callee)).joined(separator: " ").lowercased()
    let attributes: Markup =
      "data-level=\"\(finding.level.rawValue)\" data-check=\"\(finding.check)\" data-search=\"\(search)\""
    let accepted: Markup = suppressions.isEmpty ? "" : " data-accepted=\"yes\""
    var output: Markup = """
      <article class="finding" id="f-\(fingerprint)" \(attributes)\(accepted)>
      <h3>\(HTMLPage.badge(finding.level.rawValue)) \(finding.message)</h3>
      <p class="meta">\(sources.link(finding.location)) · \(check(finding.check)) · \(finding.certainty.rawValue)\(function(finding)) · <a href="#f-\(fingerprint)" aria-label="Link to this finding">#</a></p>

      """
    for suppression in suppressions {
      output += "<p class=\"accepted\">\(Wording.suppression(suppression, path: context.tree.shown))</p>\n"
    }
    if !finding.variants.isEmpty { output += "<p>\(Wording.variants(finding.variants))</p>\n" }
    if finding.steps.isEmpty {
      output += sources.excerpt(finding.location)
    } else {
      output +=
        "<details class=\"steps\"\(isOpen ? " open" : "")><summary>\(Wording.count(finding.steps.count, "step"))</summary>\n"
      output += "<ol class=\"way\">\n"
      for step in finding.steps {
        output +=
          "<li>\(step.message) <span class=\"where\">\(sources.link(step.location))</span>\n\(sources.excerpt(step.location))</li>\n"
      }
      output += "</ol></details>\n"
    }
    if let instead = finding.instead { output += "<p class=\"instead\"><b>Instead:</b> \(instead)</p>\n" }
    return output + causes(finding) + spawners(finding, result) + "</article>\n"
  }

  private func check(_ id: String) -> Markup {
    context.pages.contains { $0.id == id } ? "<a href=\"#check-\(id)\">\(id)</a>" : "\(id)"
  }

  private func function(_ finding: Finding) -> Markup {
    finding.function.isEmpty ? "" : " · in <code>\(finding.function)</code>"
  }

  private func causes(_ finding: Finding) -> Markup {
    guard let first = finding.causes.first, finding.causes.count > 1 || first.location != finding.location
    else {
      return ""
    }
    let rows: [Markup] = finding.causes.map { cause in
      "<tr><td>\(HTMLPage.badge(cause.level.rawValue))</td><td><code>\(cause.callee ?? "—")</code></td><td>\(sources.link(cause.location))</td><td>\(cause.check)</td><td>\(cause.reason)\(source(cause))</td></tr>\n"
    }
    return """
      <details class="causes"><summary>\(Wording.count(finding.causes.count, "cause"))</summary>
      <div class="scroll"><table><thead><tr><th>level</th><th>calls</th><th>place</th><th>check</th><th>why</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div></details>

      """
  }

  private func source(_ cause: Cause) -> Markup {
    cause.source.isEmpty ? "" : " <small>(\(cause.source))</small>"
  }

  private func spawners(_ finding: Finding, _ result: RunResult) -> Markup {
    let links: [Markup] = finding.spawnSites.compactMap { location in
      result.sites.firstIndex { $0.location == location }.map { index in
        "<a href=\"#site-\(index + 1)\">\(result.sites[index].call) in \(result.sites[index].function)</a>"
      }
    }
    guard !links.isEmpty else { return "" }
    return "<p class=\"from\">Children of: \(links.joined(", "))</p>\n"
  }

  // MARK: Sites

  private func sites(_ result: RunResult) -> Markup {
    var output: Markup = ""
    for (index, site) in result.sites.enumerated() {
      let findings = result.findings.filter { $0.spawnSites.contains(site.location) }
      let search = [
        site.function, site.call, context.tree.shown(site.location.file),
        site.externalCalls.joined(separator: " "),
      ].joined(separator: " ").lowercased()
      output += """
        <article class="site" id="site-\(index + 1)" data-verdict="\(site.verdict.rawValue)" data-search="\(search)">
        <h3>\(HTMLPage.badge(site.verdict.rawValue)) <code>\(site.call)</code> in <code>\(site.function)</code></h3>
        <p class="meta">\(sources.link(site.location)) · <a href="#site-\(index + 1)" aria-label="Link to this spawn site">#</a></p>

        """
      let remarks: [Markup] =
        site.assumes.map { "<li>assumes: \($0)</li>\n" } + site.reasons.map { "<li>not proven: \($0)</li>\n" }
        + (findings.isEmpty ? [] : ["<li>\(Wording.findings(findings))</li>\n"])
      if !remarks.isEmpty { output += "<ul>\n\(remarks)</ul>\n" }
      if let graph = site.graph {
        output += ChildPathPicture(graph, sources: sources).render(
          label: "What the child of \(site.call) in \(site.function) executes")
      }
      let calls = site.externalCalls.isEmpty ? "nothing" : site.externalCalls.joined(separator: ", ")
      output += """
        <details><summary>Functions outside that the child can call\(site.verdict == .verified ? ": all of them" : "")</summary>
        <p class="calls">\(calls)</p></details>
        </article>

        """
    }
    return output
  }

  // MARK: Checks

  private func checks(_ result: RunResult) -> Markup {
    let all = result.findings + result.suppressed.map(\.finding)
    let counts = Dictionary(grouping: all.flatMap { [$0.check] + $0.causes.map(\.check) }, by: { $0 })
    var output: Markup = ""
    for page in context.pages where counts[page.id] != nil {
      let number = result.findings.count { $0.check == page.id }
      output += HTMLRules.entry(page, remark: Wording.count(number, "finding"))
    }
    return output
  }
}
