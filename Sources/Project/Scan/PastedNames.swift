/// Words that macros make with `##`, as far as words alone tell: a name can come out where a macro's fixed parts fit
/// and what is missing stands beside the macro's name, or in the text of a macro that uses it.
struct PastedNames {
  private struct Chain: Hashable {
    /// -1 for what the macro is given.
    var parts: [Int32]
    var macro: Int32
  }

  private var chains: [Chain] = []
  /// By macro: functions and declarations that use it, directly or by way of other macros, and what these add.
  private var users: [Int32: (places: [TreeScan.Place], words: Set<Int32>)] = [:]

  init(_ scan: TreeScan) {
    var found: Set<Chain> = []
    for file in scan.files {
      for item in file.items where item.kind == .macro {
        for parts in item.pastes { for name in item.names { found.insert(Chain(parts: parts, macro: name)) } }
      }
    }
    chains = found.sorted { ($0.macro, $0.parts.count) < ($1.macro, $1.parts.count) }
    for macro in Set(chains.map(\.macro)) { users[macro] = Self.users(of: macro, scan) }
  }

  private static func users(of macro: Int32, _ scan: TreeScan) -> (
    places: [TreeScan.Place], words: Set<Int32>
  ) {
    var seen: Set<Int32> = [macro]
    var work = [macro]
    var places: [TreeScan.Place] = []
    var words: Set<Int32> = []
    while let name = work.popLast() {
      for place in scan.mentions(of: name) {
        let item = scan[place]
        guard item.kind == .macro else {
          places.append(place)
          continue
        }
        words.formUnion(item.mentions)
        for name in item.names where seen.insert(name).inserted { work.append(name) }
      }
    }
    return (places, words)
  }

  /// Files in which the text may be pasted together.
  func files(making text: String, in scan: TreeScan) -> Set<Int> {
    var found: Set<Int> = []
    for chain in chains {
      for needed in Self.matches(chain.parts[...], text[...], scan.names) {
        guard let users = users[chain.macro] else { continue }
        let missing = needed.filter { !users.words.contains($0) }
        for place in users.places where missing.allSatisfy(scan[place].mentions.contains) {
          found.insert(Int(place.file))
        }
      }
    }
    return found
  }

  /// What the macro would have to be given to make the text: each way a list of words.
  private static func matches(
    _ parts: ArraySlice<Int32>, _ text: Substring, _ names: IdentifierTable
  ) -> [[Int32]] {
    guard let first = parts.first else { return text.isEmpty ? [[]] : [] }
    if first >= 0 {
      let fixed = names.text(first)
      return text.hasPrefix(fixed) ? matches(parts.dropFirst(), text.dropFirst(fixed.count), names) : []
    }
    var ways: [[Int32]] = []
    // Given nothing, it adds nothing.
    for length in 0...text.count {
      let given = text.prefix(length)
      let rest = matches(parts.dropFirst(), text.dropFirst(length), names)
      if rest.isEmpty { continue }
      if given.allSatisfy(\.isNumber) {
        ways += rest
      } else if let word = names.known(given) {
        ways += rest.map { [word] + $0 }
      }
    }
    return ways
  }
}
