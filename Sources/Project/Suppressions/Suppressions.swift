import Catalogue
import Checks
import Foundation
import SpawnIR

/// What the comments of all files of a run allow.
struct Suppressions: Sendable {
  /// Checks of the comments themselves.
  static let unusedCheck = "unused-suppression"
  static let mistakeCheck = "invalid-suppression"

  /// By file, as clang names it.
  private var comments: [String: [SuppressionComment]] = [:]
  private var mistakes: [SuppressionMistake] = []
  /// Files of which not everything was understood: what is unused there may have a use.
  private var uncertain: Set<String> = []

  /// - Parameters:
  ///   - otherFiles: main files of units that were not needed.
  ///   - demandsReason: a comment without a reason is a mistake and allows nothing.
  ///   - read: the bytes of a file; nil where there is none.
  init(
    _ units: [UnitFacts], mainFiles: [String], otherFiles: [String] = [], knownChecks: [String],
    demandsReason: Bool,
    read: (String) -> [UInt8]?
  ) {
    var seen: Set<String> = []
    func add(_ file: String) {
      guard seen.insert(file).inserted, let bytes = read(file) else { return }
      let reader = SuppressionReader(
        bytes, file: file, knownChecks: knownChecks, demandsReason: demandsReason)
      if !reader.suppressions.isEmpty { comments[file] = reader.suppressions }
      mistakes += reader.mistakes
    }
    for (unit, mainFile) in zip(units, mainFiles) {
      for file in [mainFile] + unit.files {
        if unit.problem != nil { uncertain.insert(file) }
        add(file)
      }
    }
    for file in otherFiles { add(file) }
  }

  var isEmpty: Bool { comments.isEmpty && mistakes.isEmpty }

  /// The comments that allow the check at the place of the finding or of its cause.
  func allowances(for check: String, at place: PolicyPlace, cause: PolicyPlace) -> [Allowance] {
    guard !comments.isEmpty else { return [] }
    var found: [Allowance] = []
    for (at, other) in [(place, nil), (cause, place)] where at.location != other?.location {
      for comment in comments[at.location.file] ?? [] where comment.covers(at) {
        for name in comment.checks where Glob(name).matches(check) {
          found.append(Allowance(check: name, location: comment.location, reason: comment.reason))
        }
      }
    }
    return found
  }

  /// Comments that are wrong, and those that nothing was found for; one for each file, line and check,
  /// however many names a file has.
  func findings(used: Set<Allowance>) -> [Finding] {
    struct Key: Hashable {
      var file: String
      var line: Int
      var column: Int
      var check: String

      init(_ check: String, _ location: Location) {
        file = URL(fileURLWithPath: location.file).standardizedFileURL.path
        line = location.line
        column = location.column
        self.check = check
      }
    }
    let usedKeys = Set(used.map { Key($0.check, $0.location) })
    var seen: Set<Key> = []
    var findings: [Finding] = []
    for mistake in mistakes where seen.insert(Key(mistake.message, mistake.location)).inserted {
      findings.append(
        finding(Self.mistakeCheck, .warning, .forbidden, mistake.message, mistake.location))
    }
    for comment in comments.values.joined() where !uncertain.contains(comment.location.file) {
      for check in comment.checks {
        let key = Key(check, comment.location)
        guard !usedKeys.contains(key), seen.insert(key).inserted else { continue }
        let what = comment.scope == .nothing ? "no code follows" : "nothing is reported here"
        findings.append(
          finding(
            Self.unusedCheck, .note, .unlisted, "this comment allows \(check), but \(what)",
            comment.location))
      }
    }
    return findings
  }

  private func finding(
    _ check: String, _ level: Level, _ certainty: Certainty, _ message: String, _ location: Location
  ) -> Finding {
    Finding(
      check: check, level: level, certainty: certainty, message: message, location: location, function: "",
      callee: nil, roles: [], spawnSites: [], causes: [], steps: [], instead: nil)
  }
}
