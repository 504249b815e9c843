import Checks

/// Headings and level words shared by the forms of the rule report.
enum RulesWording {
  static func parts(_ page: CheckPage) -> [(title: String, text: String)] {
    [
      ("What it does", page.what), ("Why it is bad", page.why), ("What to do instead", page.instead),
      ("Limits", page.limits),
    ]
  }

  static func rulings(_ page: CheckPage) -> [(child: String, ruling: String)] {
    let children = [
      ("fork child, threads possible", ruling(page.levels.fork)),
      ("fork child, single-threaded", ruling(page.levels.singleThreaded)),
      ("vfork child", ruling(page.levels.vfork)),
    ]
    return children + (page.levels.parent.map { [("parent", ruling($0))] } ?? [])
  }

  static func level(_ ruling: CheckPage.Ruling?) -> String {
    ruling?.level?.rawValue ?? "-"
  }

  private static func ruling(_ ruling: CheckPage.Ruling) -> String {
    var text = ruling.level?.rawValue ?? "not reported"
    if let certainty = ruling.certainty { text += " (\(certainty))" }
    if let exception = ruling.but { text += "; \(exception)" }
    return text
  }
}
