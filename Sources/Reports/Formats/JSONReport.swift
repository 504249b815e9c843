import Catalogue
import Checks

/// spawnlint's own JSON. `version` grows by one when a field goes or changes its meaning; new fields may
/// come without that. Paths are as clang names them, lines and columns count from 1, columns count bytes,
/// ends are exclusive. Fields without a value are absent.
public struct JSONReport: Codable, Sendable {
  public static let currentVersion = 1

  public struct Tool: Codable, Sendable {
    public var name: String
    public var version: String
    public var libclang: String
  }

  /// One spawn site; the place is the spawn call's.
  public struct Site: Codable, Sendable {
    public var function: String
    public var call: String
    public var verdict: Verdict
    public var assumes: [String]
    public var externalCalls: [String]
    public var reasons: [String]

    init(_ site: SiteReport) {
      function = site.function
      call = site.call
      verdict = site.verdict
      assumes = site.assumes
      externalCalls = site.externalCalls
      reasons = site.reasons
    }
  }

  public struct Incomplete: Codable, Sendable {
    /// The C file that was to be read.
    public var unit: String
    /// Of the first error, which may lie in a header; the unit itself where there is no place.
    public var file: String
    public var line: Int?
    public var column: Int?
    public var endLine: Int?
    public var endColumn: Int?
    public var message: String

    init(_ incomplete: IncompleteUnit) {
      unit = incomplete.file
      file = incomplete.location?.file ?? incomplete.file
      line = incomplete.location?.line
      column = incomplete.location?.column
      endLine = incomplete.location?.endLine
      endColumn = incomplete.location?.endColumn
      message = incomplete.message
    }
  }

  public struct Summary: Codable, Sendable {
    public var errors: Int
    public var warnings: Int
    public var notes: Int
    public var violations: Int
    public var unproven: Int
    public var verified: Int
    public var incompleteFiles: Int
    public var files: Int
    public var hiddenSingleThreaded: Int
    public var suppressed: Int
    public var outsideChanges: Int
    public var threadsPossible: Bool
    public var threadsReason: String
    public var platform: Platform
    public var exitStatus: Int32
  }

  public var version: Int
  public var tool: Tool
  /// Absent in the answer of `sites`.
  public var findings: [JSONPlaced<JSONFinding>]?
  /// What would be among the findings if nobody had accepted it; absent like them.
  public var suppressed: [JSONPlaced<JSONFinding>]?
  /// Entries of the baseline that occur no more, one line each; absent without such.
  public var staleBaseline: [String]?
  public var sites: [JSONPlaced<Site>]
  public var incomplete: [Incomplete]
  public var summary: Summary

  public init(_ result: RunResult, context: ReportContext, withFindings: Bool = true) {
    version = Self.currentVersion
    tool = Tool(name: "spawnlint", version: context.toolVersion, libclang: context.libraryVersion)
    if withFindings {
      let fingerprints = Fingerprint.all(of: result, tree: context.tree)
      findings = zip(result.findings, fingerprints.findings).map {
        JSONPlaced(JSONFinding($0, fingerprint: $1), at: $0.location)
      }
      suppressed = zip(result.suppressed, fingerprints.suppressed).map {
        JSONPlaced(
          JSONFinding($0.finding, fingerprint: $1, suppressions: $0.suppressions), at: $0.finding.location)
      }
    }
    staleBaseline = result.staleBaseline.isEmpty ? nil : result.staleBaseline
    sites = result.sites.map { JSONPlaced(Site($0), at: $0.location) }
    incomplete = result.incomplete.map(Incomplete.init)
    summary = Summary(
      errors: result.findings.count { $0.level == .error },
      warnings: result.findings.count { $0.level == .warning },
      notes: result.findings.count { $0.level == .note },
      violations: result.sites.count { $0.verdict == .violations },
      unproven: result.sites.count { $0.verdict == .unproven },
      verified: result.sites.count { $0.verdict == .verified },
      incompleteFiles: result.incomplete.count, files: result.unitCount,
      hiddenSingleThreaded: result.hiddenSingleThreaded, suppressed: result.suppressed.count,
      outsideChanges: result.outsideChanges,
      threadsPossible: result.threadsPossible,
      threadsReason: result.threadsReason, platform: result.platform,
      exitStatus: context.exitStatus.rawValue)
  }

  public func render() throws -> String { try JSONText.encode(self) }
}

/// A finding in spawnlint's own JSON; the place is the place to change.
public struct JSONFinding: Codable, Sendable {
  public struct Cause: Codable, Sendable {
    public var check: String
    public var certainty: Certainty
    public var level: Level
    public var role: Role
    public var function: String
    public var callee: String?
    public var reason: String
    public var source: String
    public var instead: String?
  }

  public struct Step: Codable, Sendable {
    public var message: String
  }

  public struct Fix: Codable, Sendable {
    public var description: String
    public var edits: [JSONPlaced<Edit>]
  }

  /// The text at the place is to be replaced.
  public struct Edit: Codable, Sendable {
    public var old: String
    public var new: String
  }

  public var check: String
  public var level: Level
  public var certainty: Certainty
  public var message: String
  public var function: String
  public var callee: String?
  public var roles: [Role]
  public var spawnSites: [Location]
  public var causes: [JSONPlaced<Cause>]
  public var steps: [JSONPlaced<Step>]
  public var instead: String?
  /// What `--fix` would do; absent where nothing is certain.
  public var fix: Fix?
  /// Names the same finding in the next run, also when lines have moved.
  public var fingerprint: String
  /// The variants of the code that have it; absent where all have it.
  public var variants: [String]?
  /// Who accepted it and why; absent where nobody did.
  public var suppressions: [Suppression]?

  init(_ finding: Finding, fingerprint: String, suppressions: [Suppression]? = nil) {
    check = finding.check
    level = finding.level
    certainty = finding.certainty
    message = finding.message
    function = finding.function
    callee = finding.callee
    roles = finding.roles
    spawnSites = finding.spawnSites
    causes = finding.causes.map {
      JSONPlaced(
        Cause(
          check: $0.check, certainty: $0.certainty, level: $0.level, role: $0.role, function: $0.function,
          callee: $0.callee, reason: $0.reason, source: $0.source, instead: $0.instead),
        at: $0.location)
    }
    steps = finding.steps.map { JSONPlaced(Step(message: $0.message), at: $0.location) }
    instead = finding.instead
    fix = finding.fix.map { fix in
      Fix(
        description: fix.description,
        edits: fix.edits.map { JSONPlaced(Edit(old: $0.old, new: $0.new), at: $0.location) })
    }
    self.fingerprint = fingerprint
    variants = finding.variants.isEmpty ? nil : finding.variants
    self.suppressions = suppressions
  }
}
