import Catalogue
import EmbeddedRules
import Testing

/// Rules that every entry of the built-in catalogue keeps.
@Suite struct FamilyTests {
  static let entries: [Entry] = {
    let catalogue = Catalogue.builtIn()
    return catalogue.names.compactMap { catalogue.entry(named: $0) }
  }()

  static let checks: Set<String> = [
    "child-unsafe-call", "child-allocates", "child-stdio", "child-locks", "child-exit", "child-path-search",
    "child-environment", "vfork-set-id", "vfork-spawns", "python-api-in-child",
  ]

  @Test func checksAreThoseOfThePages() {
    for entry in Self.entries {
      let named = [entry.check].compactMap { $0 } + entry.certainties.compactMap(\.check)
      #expect(Self.checks.isSuperset(of: named), "\(entry.name): \(named)")
    }
  }

  /// A finding of these checks always says what to do instead.
  @Test func familiesSayWhatToUseInstead() {
    let families = Self.checks.subtracting(["child-unsafe-call", "vfork-spawns"])
    for entry in Self.entries where entry.check.map(families.contains) == true {
      #expect(entry.instead != nil, "\(entry.name)")
    }
  }

  /// What the manual remarks as unsafe, and POSIX does not promise, names an alternative or is a thin call.
  @Test func unsafeFunctionsSayWhatToUseInstead() {
    for entry in Self.entries {
      guard
        case .violation(_, let certainty, _, _, let instead) =
          judge(entry, context: .fork, platform: .glibc), certainty != .unlisted,
        entry.remarks.contains(where: { $0.platform == .glibc && !$0.isSafe })
      else { continue }
      #expect(instead != nil, "\(entry.name)")
    }
  }

  @Test func nobodyMayChangeIdsInAVforkChild() {
    let family = Self.entries.filter { $0.families.contains("set-id") }
    #expect(family.count >= 12)
    for entry in family {
      for platform in [Platform.glibc, .musl, .posix2017] {
        guard
          case .violation(let check, let certainty, _, _, _) =
            judge(entry, context: .vfork, platform: platform)
        else {
          Issue.record("\(entry.name) is allowed")
          continue
        }
        #expect(check == "vfork-set-id" && certainty == .harmful, "\(entry.name)")
      }
    }
  }

  @Test func nothingIsUnlistedInAVforkChild() {
    for entry in Self.entries {
      for platform in Platform.allCases {
        if case .violation(_, .unlisted, _, _, _) = judge(entry, context: .vfork, platform: platform) {
          Issue.record("\(entry.name) on \(platform.rawValue)")
        }
      }
    }
  }
}
