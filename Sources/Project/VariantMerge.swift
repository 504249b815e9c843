import Checks

/// Joins the results of one program that was read with several sets of flags.
enum VariantMerge {
  typealias Part = (variant: String, result: RunResult)

  /// One finding for each place, the worst of those that the variants have there, with all their causes; one
  /// site for each spawn call, with its worst verdict.
  static func merged(_ parts: [Part]) -> RunResult {
    guard var merged = parts.first?.result else {
      return RunResult(
        findings: [], sites: [], incomplete: [], hiddenSingleThreaded: 0, threadsPossible: true,
        threadsReason: "nothing was read", platform: .glibc, unitCount: 0)
    }
    let all = parts.map(\.variant)
    merged.findings = findings(parts, all)
    merged.suppressed = suppressed(parts)
    merged.sites = sites(parts.flatMap(\.result.sites))
    merged.incomplete = incomplete(parts, all)
    merged.readFiles = parts.flatMap(\.result.readFiles).withoutRepetition
    merged.unmatchedContracts.removeAll { pattern in
      !parts.allSatisfy { $0.result.unmatchedContracts.contains(pattern) }
    }
    merged.hiddenSingleThreaded = parts.map(\.result.hiddenSingleThreaded).max() ?? 0
    if let threaded = parts.first(where: { $0.result.threadsPossible })?.result {
      merged.threadsPossible = true
      merged.threadsReason = threaded.threadsReason
    }
    return merged
  }

  private static func findings(_ parts: [Part], _ all: [String]) -> [Finding] {
    var places: [Location: [(variant: String, finding: Finding)]] = [:]
    for part in parts {
      for finding in part.result.findings {
        places[finding.location, default: []].append((part.variant, finding))
      }
    }
    var findings: [Finding] = []
    for (_, group) in places.sorted(by: { $0.key < $1.key }) {
      // A place may hold several findings about comments; they have no causes to join.
      let groups = Dictionary(grouping: group) { $0.finding.causes.isEmpty ? $0.finding.message : "" }
      for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
        let variants = all.filter { name in group.contains { $0.variant == name } }
        // What a comment allows in one variant only has its use there.
        if group[0].finding.check == Suppressions.unusedCheck, variants != all { continue }
        guard var finding = joined(group.map(\.finding)) else { continue }
        if variants != all { finding.variants = variants }
        if group.contains(where: { $0.finding.fix != finding.fix }) { finding.fix = nil }
        findings.append(finding)
      }
    }
    return findings
  }

  private static func suppressed(_ parts: [Part]) -> [SuppressedFinding] {
    var places: [Location: [SuppressedFinding]] = [:]
    for part in parts {
      for finding in part.result.suppressed { places[finding.finding.location, default: []].append(finding) }
    }
    return places.sorted { $0.key < $1.key }.compactMap { _, group in
      joined(group.map(\.finding)).map { finding in
        SuppressedFinding(finding: finding, suppressions: group.flatMap(\.suppressions).withoutRepetition)
      }
    }
  }

  private static func joined(_ findings: [Finding]) -> Finding? {
    // The first of the worst: variants have an order.
    guard var worst = findings.first else { return nil }
    for finding in findings.dropFirst() where finding.level > worst.level { worst = finding }
    worst.causes = (worst.causes + findings.flatMap(\.causes)).withoutRepetition
    worst.spawnSites = findings.flatMap(\.spawnSites).withoutRepetition.sorted()
    worst.roles = Role.allCases.filter { role in findings.contains { $0.roles.contains(role) } }
    return worst
  }

  /// One site for each spawn call, with its worst verdict.
  static func sites(_ all: [SiteReport]) -> [SiteReport] {
    let places = Dictionary(grouping: all, by: \.location)
    return places.sorted { $0.key < $1.key }.compactMap { _, group in
      guard var site = group.first else { return nil }
      let order: [Verdict] = [.violations, .unproven, .verified]
      site.verdict = order.first { verdict in group.contains { $0.verdict == verdict } } ?? site.verdict
      site.call = group.map(\.call).withoutRepetition.joined(separator: " or ")
      site.assumes = group.flatMap(\.assumes).withoutRepetition.sorted()
      site.externalCalls = group.flatMap(\.externalCalls).withoutRepetition.sorted()
      site.reasons = group.flatMap(\.reasons).withoutRepetition.sorted()
      return site
    }
  }

  private static func incomplete(_ parts: [Part], _ all: [String]) -> [IncompleteUnit] {
    let units = parts.flatMap(\.result.incomplete).withoutRepetition
    return units.map { unit in
      var unit = unit
      let variants = parts.filter { $0.result.incomplete.contains(unit) }.map(\.variant)
      if variants != all { unit.message += " (variant \(variants.joined(separator: ", ")))" }
      return unit
    }
  }
}

extension Array where Element: Hashable {
  /// Each element at its first place.
  var withoutRepetition: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
