import Catalogue
import Checks

/// What is known of functions, as JSON; `version` as in `JSONReport`.
public struct FunctionJSON: Encodable {
  struct Ruling: Encodable {
    var child: ChildContext
    var allowed: Bool
    var level: Level?
    var certainty: Certainty?
    var check: String?
    var reason: String?
    var source: String
    var instead: String?

    init(_ ruling: FunctionFacts.Ruling) {
      child = ruling.context
      allowed = ruling.level == nil
      level = ruling.level
      certainty = ruling.certainty
      check = ruling.check
      reason = ruling.reason.isEmpty ? nil : ruling.reason
      source = ruling.source
      instead = ruling.instead
    }
  }

  struct Function: Encodable {
    var name: String
    /// The name under which it is judged, where that is another.
    var judgedAs: String?
    var platforms: [String: [Ruling]]
    var effects: [String]
    var instead: String?
    var remarks: [SafetyRemark]
  }

  var version = JSONReport.currentVersion
  var functions: [Function]

  public init(_ all: [FunctionFacts]) {
    functions = all.map { facts in
      var platforms = [facts.platform.rawValue: facts.rulings.map(Ruling.init)]
      for (platform, rulings) in facts.others { platforms[platform.rawValue] = rulings.map(Ruling.init) }
      return Function(
        name: facts.name, judgedAs: facts.shownAs == facts.name ? nil : facts.shownAs, platforms: platforms,
        effects: facts.effects, instead: facts.instead, remarks: facts.remarks)
    }
  }

  public func render() throws -> String { try JSONText.encode(self) }
}
