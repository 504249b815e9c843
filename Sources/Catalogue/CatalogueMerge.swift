/// Joins what several files say of the same functions. Remarks, certainty rules and families
/// accumulate; everything else must agree.
struct CatalogueMerge {
  private(set) var statements: [String: CatalogueFile.Statement] = [:]
  private(set) var patterns: [NamePattern] = []
  private(set) var entryLocks: [EntryLock] = []
  private(set) var contracts = ContractMarks()

  mutating func add(_ file: CatalogueFile) throws(CatalogueError) {
    for statement in file.statements { try add(statement) }
    contracts.formUnion(file.contracts)
    for pattern in file.patterns where !patterns.contains(pattern) { patterns.append(pattern) }
    for lock in file.entryLocks where !entryLocks.contains(lock) { entryLocks.append(lock) }
  }

  /// Aliases must lead to an entry; `isKnown` tells of entries outside these files.
  func checkAliases(isKnown: (String) -> Bool) throws(CatalogueError) {
    for name in statements.keys.sorted() {
      var visited: Set<String> = [name]
      var current = name
      while let target = statements[current]?.stated.entry.shownAs {
        guard let place = statements[current]?.places[.shownAs] else { break }
        if !visited.insert(target).inserted {
          throw failure(place, "'\(name)' is shown as itself by way of '\(current)'")
        }
        guard statements[target] != nil || isKnown(target) else {
          let hint = Spelling.hint(for: target, among: Array(statements.keys))
          throw failure(place, "'\(current)' is shown as '\(target)', which has no entry\(hint)")
        }
        current = target
      }
    }
  }

  private mutating func add(_ new: CatalogueFile.Statement) throws(CatalogueError) {
    let name = new.stated.entry.name
    guard var old = statements.removeValue(forKey: name) else {
      statements[name] = new
      return
    }
    for property in Property.allCases where new.stated.stated.contains(property) {
      guard let place = new.places[property] else { continue }
      guard old.stated.stated.contains(property), let oldPlace = old.places[property] else {
        old.stated.override(property, with: new.stated)
        old.places[property] = place
        continue
      }
      switch property {
      case .remarks:
        for remark in new.stated.entry.remarks {
          try join(remark, to: &old.stated.entry, at: place, oldPlace)
        }
      case .certainty:
        for rule in new.stated.entry.certainties {
          try join(rule, to: &old.stated.entry, at: place, oldPlace)
        }
      case .families:
        for family in new.stated.entry.families where !old.stated.entry.families.contains(family) {
          old.stated.entry.families.append(family)
        }
      default:
        let said = EntryText.value(of: property, in: new.stated.entry)
        let before = EntryText.value(of: property, in: old.stated.entry)
        guard said == before else {
          throw failure(
            place,
            "'\(property.rawValue)' of \(name) contradicts \(at(oldPlace)): '\(said)' here, '\(before)' there"
          )
        }
      }
    }
    statements[name] = old
  }

  private func join(
    _ remark: SafetyRemark, to entry: inout Entry, at place: CatalogueFile.Place,
    _ oldPlace: CatalogueFile.Place
  ) throws(CatalogueError) {
    for old in entry.remarks
    where old.platform == remark.platform && old.since == remark.since && old.isSafe != remark.isSafe {
      throw failure(
        place,
        "\(entry.name) is remarked \(remark.isSafe ? "safe" : "unsafe") on \(remark.platform.rawValue), "
          + "and \(old.isSafe ? "safe" : "unsafe") at \(at(oldPlace))")
    }
    if !entry.remarks.contains(remark) { entry.remarks.append(remark) }
  }

  private func join(
    _ rule: CertaintyRule, to entry: inout Entry, at place: CatalogueFile.Place,
    _ oldPlace: CatalogueFile.Place
  ) throws(CatalogueError) {
    if entry.certainties.contains(rule) { return }
    for old in entry.certainties where old.context == rule.context {
      let overlap =
        old.platforms.isEmpty || rule.platforms.isEmpty
        || !Set(old.platforms).isDisjoint(with: rule.platforms)
      if overlap {
        throw failure(
          place,
          "the certainty of \(entry.name) in context '\(rule.context.rawValue)' is stated twice, "
            + "also at \(at(oldPlace))")
      }
    }
    entry.certainties.append(rule)
  }

  private func at(_ place: CatalogueFile.Place) -> String {
    "\(place.file):\(place.line):\(place.column)"
  }

  private func failure(_ place: CatalogueFile.Place, _ message: String) -> CatalogueError {
    CatalogueError(file: place.file, line: place.line, column: place.column, message: message)
  }
}
