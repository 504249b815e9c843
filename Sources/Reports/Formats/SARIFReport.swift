import Catalogue
import Checks

/// SARIF 2.1.0 for code scanning services: one result for each finding, or for each spawn site (`pass` for verified,
/// `open` for unproven, `fail` for violations).
public struct SARIFReport {
  private let context: ReportContext
  private var places: SARIFPlaces

  /// `source` serves to count columns in UTF-16 units where a line is not plain ASCII.
  public init(source: SourceText, context: ReportContext) {
    self.context = context
    places = SARIFPlaces(tree: context.tree, source: source)
  }

  /// The checks alone: a log of a run that looked at nothing.
  public static func rules(_ pages: [CheckPage], toolVersion: String) throws -> String {
    let driver = SARIFLog.Driver(
      name: "spawnlint", version: toolVersion, semanticVersion: toolVersion, rules: SARIFRules.checks(pages),
      notifications: [SARIFRules.incompleteUnit])
    let invocation = SARIFLog.Invocation(
      executionSuccessful: true, exitCode: 0, toolExecutionNotifications: [])
    return try JSONText.encode(
      SARIFLog(runs: [.init(tool: .init(driver: driver), invocations: [invocation], results: [])]))
  }

  public mutating func render(_ result: RunResult, view: ReportView = .findings) throws -> String {
    try JSONText.encode(log(of: result, view: view))
  }

  mutating func log(of result: RunResult, view: ReportView) -> SARIFLog {
    let rules = view == .findings ? SARIFRules.checks(context.pages) : [SARIFRules.spawnSite]
    let results =
      view == .findings ? findings(of: result, rules: rules) : sites(of: result)
    let driver = SARIFLog.Driver(
      name: "spawnlint", version: context.toolVersion, semanticVersion: context.toolVersion, rules: rules,
      notifications: [SARIFRules.incompleteUnit], properties: ["libclang": context.libraryVersion])
    let properties = SARIFLog.RunProperties(
      spawnSites: result.sites.map(site), hiddenSingleThreaded: result.hiddenSingleThreaded,
      threadsPossible: result.threadsPossible, threadsReason: result.threadsReason,
      platform: result.platform.rawValue)
    let run = SARIFLog.Run(
      tool: .init(driver: driver), invocations: [invocation(of: result)],
      originalUriBaseIds: [SARIFPlaces.baseId: places.root], results: results, properties: properties)
    return SARIFLog(runs: [run])
  }

  private mutating func invocation(of result: RunResult) -> SARIFLog.Invocation {
    var notifications: [SARIFLog.Notification] = []
    for unit in result.incomplete {
      let place = unit.location ?? Location(file: unit.file, line: 0, column: 0, endLine: 0, endColumn: 0)
      notifications.append(
        .init(
          descriptor: .init(id: SARIFRules.incompleteUnit.id, index: 0), level: "error",
          message: .init(text: "\(unit.file) was not understood completely: \(unit.message)"),
          locations: [places.location(place)]))
    }
    return .init(
      executionSuccessful: true, exitCode: context.exitStatus.rawValue,
      toolExecutionNotifications: notifications)
  }

  private mutating func findings(of result: RunResult, rules: [SARIFLog.Rule]) -> [SARIFLog.Result] {
    let indices = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var results: [SARIFLog.Result] = []
    let fingerprints = Fingerprint.all(of: result, tree: context.tree)
    for (finding, fingerprint) in zip(result.findings, fingerprints.findings) {
      results.append(self.result(finding, fingerprint, [], indices))
    }
    guard !context.omitsSuppressed else { return results }
    for (suppressed, fingerprint) in zip(result.suppressed, fingerprints.suppressed) {
      results.append(self.result(suppressed.finding, fingerprint, suppressed.suppressions, indices))
    }
    return results
  }

  private mutating func result(
    _ finding: Finding, _ fingerprint: String, _ suppressions: [Suppression], _ indices: [String: Int]
  ) -> SARIFLog.Result {
    var location = places.location(finding.location)
    if !finding.function.isEmpty { location.logicalLocations = [.init(name: finding.function)] }
    var accepted: [SARIFLog.Suppression] = []
    for suppression in suppressions {
      accepted.append(
        .init(
          kind: suppression.kind.rawValue,
          justification: suppression.reason.isEmpty ? nil : suppression.reason,
          location: suppression.location.map { places.location($0) }))
    }
    var fingerprints = [Fingerprint.name: fingerprint]
    fingerprints["primaryLocationLineHash"] = places.lineHash(finding.location)
    return SARIFLog.Result(
      ruleId: finding.check, ruleIndex: indices[finding.check], level: finding.level.rawValue,
      message: message(of: finding), locations: [location], relatedLocations: relatedLocations(of: finding),
      partialFingerprints: fingerprints, codeFlows: codeFlows(of: finding),
      fixes: finding.fix.map { fixes($0) }, suppressions: accepted,
      baselineState: baselineState(suppressions), properties: properties(of: finding))
  }

  private mutating func fixes(_ fix: Fix) -> [SARIFLog.Fix] {
    var changes: [SARIFLog.ArtifactChange] = []
    for edit in fix.edits {
      let place = places.location(edit.location).physicalLocation
      guard let region = place.region else { continue }
      let replacement = SARIFLog.Replacement(deletedRegion: region, insertedContent: .init(text: edit.new))
      if changes.isEmpty {
        changes.append(.init(artifactLocation: place.artifactLocation, replacements: []))
      }
      changes[0].replacements.append(replacement)
    }
    return [.init(description: .init(text: fix.description), artifactChanges: changes)]
  }

  /// What a comment allows may be old or new; nobody compared it.
  private func baselineState(_ suppressions: [Suppression]) -> String? {
    guard context.hasBaseline else { return nil }
    if suppressions.isEmpty { return "new" }
    return suppressions.contains { $0.kind == .external } ? "unchanged" : nil
  }

  private func message(of finding: Finding) -> SARIFLog.Message {
    .init(text: finding.message + (finding.instead.map { " Instead: \($0)" } ?? ""))
  }

  /// The causes, each at its own place, so that a viewer can go there.
  private mutating func relatedLocations(of finding: Finding) -> [SARIFLog.Location]? {
    guard !finding.causes.isEmpty else { return nil }
    var related: [SARIFLog.Location] = []
    for (index, cause) in finding.causes.enumerated() {
      var location = places.location(cause.location)
      location.id = index
      location.message = .init(text: Wording.cause(cause))
      related.append(location)
    }
    return related
  }

  private mutating func codeFlows(of finding: Finding) -> [SARIFLog.CodeFlow]? {
    guard !finding.steps.isEmpty else { return nil }
    var way: [SARIFLog.ThreadFlowLocation] = []
    for step in finding.steps {
      var location = places.location(step.location)
      location.message = .init(text: step.message)
      way.append(.init(location: location, importance: "essential"))
    }
    return [.init(threadFlows: [.init(locations: way)])]
  }

  private func properties(of finding: Finding) -> SARIFLog.ResultProperties {
    var checks: [String] = []
    for check in [finding.check] + finding.causes.map(\.check) where !checks.contains(check) {
      checks.append(check)
    }
    let role = finding.causes.first?.role ?? finding.roles.first
    return .init(
      role: role?.rawValue, roles: finding.roles.map(\.rawValue), certainty: finding.certainty.rawValue,
      function: finding.function, callee: finding.callee,
      spawnSites: finding.spawnSites.map { "\(places.path($0.file)):\($0.line)" },
      causes: finding.causes.map {
        .init(
          file: places.path($0.location.file), line: $0.location.line, function: $0.function,
          callee: $0.callee, check: $0.check, certainty: $0.certainty.rawValue, role: $0.role.rawValue,
          reason: $0.reason, source: $0.source)
      },
      checks: checks, instead: finding.instead, variants: finding.variants.isEmpty ? nil : finding.variants)
  }

  private func site(_ site: SiteReport) -> SARIFLog.Site {
    .init(
      file: places.path(site.location.file), line: site.location.line, function: site.function,
      call: site.call, verdict: site.verdict.rawValue, assumes: site.assumes,
      externalCalls: site.externalCalls, reasons: site.reasons)
  }

  private mutating func sites(of result: RunResult) -> [SARIFLog.Result] {
    var results: [SARIFLog.Result] = []
    for site in result.sites {
      var location = places.location(site.location)
      location.logicalLocations = [.init(name: site.function)]
      let kind =
        switch site.verdict {
        case .verified: "pass"
        case .unproven: "open"
        case .violations: "fail"
        }
      var text = "\(site.call) in '\(site.function)': \(site.verdict.rawValue)."
      if !site.assumes.isEmpty { text += " Assumes: \(site.assumes.joined(separator: ", "))." }
      if !site.reasons.isEmpty { text += " Because: \(site.reasons.joined(separator: "; "))." }
      if site.verdict == .verified {
        let calls = site.externalCalls.isEmpty ? "nothing" : site.externalCalls.joined(separator: ", ")
        text += " The child can call: \(calls)."
      }
      results.append(
        SARIFLog.Result(
          ruleId: SARIFRules.spawnSite.id, ruleIndex: 0, kind: kind,
          // 3.27.10: a level other than `none` belongs to `fail` alone.
          level: kind == "fail" ? "warning" : "none", message: .init(text: text), locations: [location],
          suppressions: []))
    }
    return results
  }
}
