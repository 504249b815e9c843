import Catalogue

public enum Level: String, Codable, Sendable, Comparable, CaseIterable {
  case note
  case warning
  case error

  public static func < (left: Level, right: Level) -> Bool {
    rank(left) < rank(right)
  }

  private static func rank(_ level: Level) -> Int {
    switch level {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// A place by path; paths are as clang names them.
public struct Location: Hashable, Codable, Sendable, Comparable {
  public var file: String
  public var line: Int
  public var column: Int
  public var endLine: Int
  public var endColumn: Int

  public init(file: String, line: Int, column: Int, endLine: Int, endColumn: Int) {
    self.file = file
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
  }

  public static func < (left: Location, right: Location) -> Bool {
    (left.file, left.line, left.column, left.endLine, left.endColumn)
      < (right.file, right.line, right.column, right.endLine, right.endColumn)
  }

  /// Where it begins: there is one finding for each such place.
  public struct Start: Hashable, Sendable, Comparable {
    public var file: String
    public var line: Int
    public var column: Int

    public static func < (left: Start, right: Start) -> Bool {
      (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
  }

  public var start: Start { Start(file: file, line: line, column: column) }
}

/// Who executes the place of a finding or cause.
public enum Role: String, Codable, Sendable, CaseIterable {
  case forkChild = "fork-child"
  case vforkChild = "vfork-child"
  case parent
}

/// One harmful construct that lies behind a finding's place.
public struct Cause: Hashable, Codable, Sendable {
  public var check: String
  public var certainty: Certainty
  public var level: Level
  public var role: Role
  public var location: Location
  /// The enclosing function.
  public var function: String
  /// The function called there, where it is a call.
  public var callee: String?
  /// Why it is not allowed, one clause.
  public var reason: String
  /// Standard section, manual chapter, bug number.
  public var source: String
  public var instead: String?

  public init(
    check: String, certainty: Certainty, level: Level, role: Role, location: Location, function: String,
    callee: String?, reason: String, source: String, instead: String?
  ) {
    self.check = check
    self.certainty = certainty
    self.level = level
    self.role = role
    self.location = location
    self.function = function
    self.callee = callee
    self.reason = reason
    self.source = source
    self.instead = instead
  }
}

/// One step of the way from the spawn call through the place to the worst cause.
public struct Step: Hashable, Codable, Sendable {
  public var location: Location
  /// E.g. "the child starts here: vfork()", "calls 'child_exec'".
  public var message: String

  public init(location: Location, message: String) {
    self.location = location
    self.message = message
  }
}

/// A place to change.
public struct Finding: Hashable, Codable, Sendable {
  /// Check, level, certainty of the worst cause.
  public var check: String
  public var level: Level
  public var certainty: Certainty
  public var message: String
  public var location: Location
  public var function: String
  public var callee: String?
  public var roles: [Role]
  /// Spawn calls whose children come here, sorted.
  public var spawnSites: [Location]
  /// Worst first.
  public var causes: [Cause]
  public var steps: [Step]
  public var instead: String?
  /// Where the code is read in several variants: those that have it; empty means all.
  public var variants: [String] = []
  /// Certain to be right, as far as the analysis tells; whether the source has it so is for its reader to see.
  public var fix: Fix?

  public init(
    check: String, level: Level, certainty: Certainty, message: String, location: Location,
    function: String, callee: String?, roles: [Role], spawnSites: [Location], causes: [Cause],
    steps: [Step], instead: String?
  ) {
    self.check = check
    self.level = level
    self.certainty = certainty
    self.message = message
    self.location = location
    self.function = function
    self.callee = callee
    self.roles = roles
    self.spawnSites = spawnSites
    self.causes = causes
    self.steps = steps
    self.instead = instead
  }
}

/// Why a finding does not count.
public struct Suppression: Hashable, Codable, Sendable {
  public enum Kind: String, Codable, Sendable {
    /// A comment in the source.
    case inSource
    /// A list beside the source: the baseline.
    case external
  }
  public var kind: Kind
  public var reason: String
  /// The comment's place.
  public var location: Location?

  public init(kind: Kind, reason: String, location: Location?) {
    self.kind = kind
    self.reason = reason
    self.location = location
  }

  /// One for each comment, in the order of their places.
  static func inSource(_ allowances: Set<Allowance>) -> [Suppression] {
    let comments = Set(
      allowances.map { Suppression(kind: .inSource, reason: $0.reason, location: $0.location) })
    return comments.sorted { left, right in
      guard let first = left.location, let second = right.location, first != second else {
        return left.reason < right.reason
      }
      return first < second
    }
  }
}

/// A finding that was looked at and accepted. Its causes are the accepted ones alone; what else is wrong at
/// the same place is a finding of its own.
public struct SuppressedFinding: Hashable, Codable, Sendable {
  public var finding: Finding
  /// At least one.
  public var suppressions: [Suppression]

  public init(finding: Finding, suppressions: [Suppression]) {
    self.finding = finding
    self.suppressions = suppressions
  }
}

public enum Verdict: String, Codable, Sendable {
  case violations
  case unproven
  case verified
}

/// One spawn site with its verdict and the evidence for it.
public struct SiteReport: Hashable, Codable, Sendable {
  public var location: Location
  public var function: String
  /// The function called: `vfork`, `syscall(SYS_clone3)`.
  public var call: String
  public var verdict: Verdict
  /// Assumptions of a `verified`, e.g. `single-threaded`.
  public var assumes: [String]
  /// Every function without source here that the child can call, sorted.
  public var externalCalls: [String]
  /// Why it is not verified, where no finding says it.
  public var reasons: [String]
  /// What the children execute; only where a picture was asked for.
  public var graph: ChildCallGraph?

  public init(
    location: Location, function: String, call: String, verdict: Verdict, assumes: [String],
    externalCalls: [String], reasons: [String], graph: ChildCallGraph? = nil
  ) {
    self.location = location
    self.function = function
    self.call = call
    self.verdict = verdict
    self.assumes = assumes
    self.externalCalls = externalCalls
    self.reasons = reasons
    self.graph = graph
  }
}

/// A unit that was not understood completely.
public struct IncompleteUnit: Hashable, Codable, Sendable {
  public var file: String
  public var message: String
  public var location: Location?

  public init(file: String, message: String, location: Location?) {
    self.file = file
    self.message = message
    self.location = location
  }
}

/// Everything a run found out; all that a report needs.
public struct RunResult: Codable, Sendable {
  /// Sorted by location.
  public var findings: [Finding]
  /// What would be findings if nobody had accepted them; sorted by location.
  public var suppressed: [SuppressedFinding]
  /// Unproven spawn sites that do not count, because they were there before; sorted.
  public var knownSites: [Location] = []
  /// Entries of the baseline that occur no more, one line each.
  public var staleBaseline: [String] = []
  /// Findings that are left out because the changes since some commit do not concern them.
  public var outsideChanges = 0
  /// Files that were read, as clang names them; those of which no function was needed may be missing.
  public var readFiles: [String] = []
  /// Units that were read, and why each.
  public var readUnits: [ReadUnit] = []
  /// Patterns of `--contract` that no function of the units matches.
  public var unmatchedContracts: [String]
  /// Sorted by location.
  public var sites: [SiteReport]
  public var incomplete: [IncompleteUnit]
  /// Findings not shown because the process has one thread for certain.
  public var hiddenSingleThreaded: Int
  /// Whether other threads are possible when the program forks, and why we think so.
  public var threadsPossible: Bool
  public var threadsReason: String
  public var platform: Platform
  public var unitCount: Int

  public init(
    findings: [Finding], sites: [SiteReport], incomplete: [IncompleteUnit], hiddenSingleThreaded: Int,
    threadsPossible: Bool, threadsReason: String, platform: Platform, unitCount: Int,
    suppressed: [SuppressedFinding] = [], unmatchedContracts: [String] = []
  ) {
    self.findings = findings
    self.sites = sites
    self.incomplete = incomplete
    self.hiddenSingleThreaded = hiddenSingleThreaded
    self.threadsPossible = threadsPossible
    self.threadsReason = threadsReason
    self.platform = platform
    self.unitCount = unitCount
    self.suppressed = suppressed
    self.unmatchedContracts = unmatchedContracts
  }
}

/// A unit that was read.
public struct ReadUnit: Hashable, Codable, Sendable {
  public var path: String
  /// Completes "it …".
  public var reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
