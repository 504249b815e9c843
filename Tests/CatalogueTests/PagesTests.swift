import Catalogue
import EmbeddedRules
import Testing

/// The examples of the checks' pages and the catalogue agree on which check a function belongs to.
@Suite struct PagesTests {
  private static let expectations: [(check: String, callee: String)] = EmbeddedRules.checkFiles
    .filter { $0.key.hasSuffix("/bad.c") }
    .flatMap { $0.value.split(separator: "\n") }
    .compactMap { $0.split(separator: "// ").last }
    .flatMap { $0.split(separator: ";") }
    .compactMap { part in
      let words = part.split(whereSeparator: \.isWhitespace)
      guard words.count == 3, words[0] == "expect:" else { return nil }
      return (String(words[1]), String(words[2]))
    }

  @Test func examplesAreJudgedAsTheySay() {
    let catalogue = Catalogue.builtIn()
    var count = 0
    // A child entry's own check reports whatever another would report in other children.
    let ofEntries = catalogue.childEntryFunctionNames.flatMap { name in
      catalogue.entry(named: name)?.childEntries.compactMap(\.check) ?? []
    }
    for (check, callee) in Self.expectations
    where check != "child-longjmp" && check != "child-leaves" && !ofEntries.contains(check) {
      guard let entry = catalogue.entry(named: callee) else { continue }
      // What is wrong about a spawn call, or on the way to a call, is no property of the function.
      if !entry.spawns.isEmpty, check != "vfork-spawns" { continue }
      if entry.requirement?.check == check || ["vfork-signals", "fd-inherited"].contains(check) { continue }
      let checks = [ChildContext.fork, .vfork].compactMap { context -> String? in
        guard case .violation(let check, _, _, _, _) = judge(entry, context: context, platform: .glibc) else {
          return nil
        }
        return check
      }
      #expect(checks.contains(check), "\(callee): \(check) expected, \(checks) in the catalogue")
      count += 1
    }
    #expect(count >= 25)
  }
}
