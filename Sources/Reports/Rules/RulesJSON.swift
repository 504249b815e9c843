import Checks

/// The rule report as JSON; `version` as in `JSONReport`.
public struct RulesJSON: Encodable, Sendable {
  struct Page: Encodable, Sendable {
    var id: String
    var title: String
    var summary: String
    var levels: CheckPage.Rulings
    var what: String
    var why: String
    var instead: String
    var limits: String
    var sources: [String]
    var bad: String
    var good: String
  }

  var version = JSONReport.currentVersion
  var rules: [Page]

  public init(_ pages: [CheckPage]) {
    rules = pages.map {
      Page(
        id: $0.id, title: $0.title, summary: $0.summary, levels: $0.levels, what: $0.what, why: $0.why,
        instead: $0.instead, limits: $0.limits, sources: $0.sources, bad: $0.bad, good: $0.good)
    }
  }

  public func render() throws -> String { try JSONText.encode(self) }
}
