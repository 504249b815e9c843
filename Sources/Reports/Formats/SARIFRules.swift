import Checks

/// The `rules` of a SARIF log, from the pages of the checks.
enum SARIFRules {
  /// GitHub code scanning cuts off longer descriptions.
  static let maximumDescription = 1024

  static let incompleteUnit = SARIFLog.Notification.Descriptor(
    id: "incomplete-unit",
    shortDescription: .init(text: "A source file was not understood completely."))

  static let spawnSite = SARIFLog.Rule(
    id: "spawn-site", name: "SpawnSite", shortDescription: .init(text: "A call that creates a child."),
    fullDescription: .init(
      text: "Every spawn call with its verdict: verified when everything the child can execute is known and"
        + " allowed, unproven when something is not known, violations when something is not allowed."),
    help: .init(text: "spawnlint check shows the findings behind a verdict."),
    defaultConfiguration: .init(level: "warning"), properties: .init(tags: ["fork", "vfork"]))

  static func checks(_ pages: [CheckPage]) -> [SARIFLog.Rule] {
    pages.map { page in
      SARIFLog.Rule(
        id: page.id, name: pascalCase(page.id), shortDescription: .init(text: page.title),
        fullDescription: .init(text: clipped(page.summary + " " + page.why)),
        help: .init(text: RulesText(style: .plain).render(page), markdown: RulesMarkdown().render(page)),
        helpUri: page.link, defaultConfiguration: .init(level: page.highestLevel?.rawValue ?? "note"),
        properties: .init(
          tags: ["correctness", "fork", "vfork"], precision: "high", severity: severity(page.highestLevel)))
    }
  }

  /// What code scanning sorts by.
  private static func severity(_ level: Level?) -> String {
    switch level {
    case .error: "error"
    case .warning: "warning"
    case .note, nil: "recommendation"
    }
  }

  /// `child-unsafe-call` → `ChildUnsafeCall`, as 3.49.7 wishes.
  private static func pascalCase(_ id: String) -> String {
    id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func clipped(_ text: String) -> String {
    let flat = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return flat.count <= maximumDescription ? flat : flat.prefix(maximumDescription - 1) + "…"
  }
}
