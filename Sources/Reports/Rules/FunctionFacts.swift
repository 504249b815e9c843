import Catalogue
import Checks

/// What the catalogue says of one function, ready to be shown.
public struct FunctionFacts: Sendable {
  /// What a call is worth in one kind of child.
  struct Ruling: Sendable {
    var context: ChildContext
    /// Nil: the call is all right.
    var level: Level?
    var certainty: Certainty?
    var reason: String
    var source: String
    var check: String?
    var instead: String?

    /// `error (harmful)`, `all right`.
    var verdict: String {
      guard let level, let certainty else { return "all right" }
      return "\(level.rawValue) (\(certainty.rawValue))"
    }
  }

  /// As it was asked for.
  public let name: String
  /// The name under which it is judged; differs for aliases.
  let shownAs: String
  let platform: Platform
  let rulings: [Ruling]
  /// The same on the other platforms.
  let others: [(platform: Platform, rulings: [Ruling])]
  /// What a call does, one clause each.
  let effects: [String]
  let instead: String?
  let remarks: [SafetyRemark]

  /// - Parameters:
  ///   - platform: whose judgement comes first.
  ///   - withOthers: those of the other platforms too.
  public init?(_ name: String, in catalogue: Catalogue, platform: Platform, withOthers: Bool = true) {
    guard let entry = catalogue.entry(named: name) else { return nil }
    self.name = name
    shownAs = entry.name
    self.platform = platform
    rulings = Self.rulings(entry, platform)
    others =
      withOthers
      ? Platform.allCases.filter { $0 != platform }.map { ($0, Self.rulings(entry, $0)) } : []
    effects = Self.effects(entry)
    instead = entry.instead
    remarks = entry.remarks
  }

  private static func rulings(_ entry: Entry, _ platform: Platform) -> [Ruling] {
    ChildContext.allCases.map { context in
      switch judge(entry, context: context, platform: platform) {
      case .allowed(let source):
        Ruling(
          context: context, level: nil, certainty: nil, reason: "", source: source, check: nil, instead: nil)
      case .violation(let check, let certainty, let reason, let source, let instead):
        Ruling(
          context: context, level: Level(certainty), certainty: certainty, reason: reason, source: source,
          check: check, instead: instead)
      }
    }
  }

  /// Checks that report a call, each once.
  var checks: [String] {
    var checks: [String] = []
    for check in rulings.compactMap(\.check) where !checks.contains(check) { checks.append(check) }
    return checks
  }

  private static func effects(_ entry: Entry) -> [String] {
    var effects = entry.spawns.map { spawn in
      let what: String
      switch spawn.kind {
      case .fork: what = "creates a child as fork does"
      case .rawFork: what = "creates a child as fork does, without the handlers of pthread_atfork"
      case .vfork: what = "creates a child that borrows the parent's memory"
      case .flags: what = "creates a child of the kind that its flags say"
      }
      return spawn.shown.map { what + " (with \($0))" } ?? what
    }
    effects += [entry.end].compactMap { $0 }.map(ending)
    effects += entry.conditionalEnds.map { "for some arguments it " + ending($0.end) }
    if entry.createsThreads { effects.append("creates threads") }
    if entry.isSetjmp { effects.append("marks a place to which longjmp comes back") }
    if !entry.calls.isEmpty { effects.append("calls a function that it is handed") }
    if !entry.childEntries.isEmpty { effects.append("is handed a function that runs in a child") }
    effects += entry.locks.map { lock in
      let action =
        switch lock.action {
        case .acquire: "takes"
        case .acquireShared: "takes, shared with others,"
        case .tryAcquire: "tries to take"
        case .release: "releases"
        case .reinitialise: "makes anew"
        }
      return action + " the lock " + (lock.name ?? lock.argument.map { "in argument \($0 + 1)" } ?? "")
    }
    if entry.keepsUserState { effects.append("changes memory beyond its arguments") }
    if entry.isContract { effects.append("has rules of its own: its source is not entered") }
    var seen: Set<String> = []
    return effects.filter { seen.insert($0).inserted }
  }

  private static func ending(_ end: EndEffect) -> String {
    switch end {
    case .exec: "replaces the program"
    case .immediateExit: "ends the process at once"
    case .exit: "ends the process after its handlers have run"
    case .abort: "ends the process by a signal or a trap"
    case .longjmp: "jumps to where setjmp was called"
    case .never: "does not return"
    }
  }
}

extension ChildContext {
  var shown: String {
    switch self {
    case .fork: "fork child"
    case .rawFork: "child of _Fork or a raw clone"
    case .vfork: "vfork child"
    }
  }
}

extension SafetyRemark {
  /// `glibc: not safe (heap, lock), preliminary`
  var shown: String {
    var text = "\(platform.rawValue): \(isSafe ? "safe" : "not safe")"
    if !reasons.isEmpty { text += " (\(reasons.joined(separator: ", ")))" }
    if let since { text += " since \(since)" }
    if isPreliminary { text += ", preliminary" }
    return text + " – \(source)"
  }
}
