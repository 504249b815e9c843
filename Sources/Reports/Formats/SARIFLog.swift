/// The part of SARIF 2.1.0 (OASIS standard, sections in the comments) that spawnlint writes.
struct SARIFLog: Codable {
  var schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  var version = "2.1.0"
  var runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version
    case runs
  }

  /// 3.14
  struct Run: Codable {
    var tool: Tool
    var invocations: [Invocation]
    var originalUriBaseIds: [String: ArtifactLocation]?
    var columnKind = "utf16CodeUnits"
    var results: [Result]
    var properties: RunProperties?
  }

  struct Tool: Codable {
    var driver: Driver
  }

  /// 3.19
  struct Driver: Codable {
    var name: String
    var version: String
    var semanticVersion: String
    var rules: [Rule]
    var notifications: [Notification.Descriptor]
    var properties: [String: String]?
  }

  /// 3.49
  struct Rule: Codable {
    var id: String
    var name: String
    var shortDescription: Message
    var fullDescription: Message
    var help: Message
    var helpUri: String?
    var defaultConfiguration: Configuration
    var properties: RuleProperties
  }

  /// Names of GitHub's code scanning.
  struct RuleProperties: Codable {
    var tags: [String]
    var precision: String?
    var severity: String?

    enum CodingKeys: String, CodingKey {
      case tags
      case precision
      case severity = "problem.severity"
    }
  }

  struct Configuration: Codable {
    var level: String
  }

  /// 3.11 and, for `markdown`, 3.12
  struct Message: Codable {
    var text: String
    var markdown: String?
  }

  /// 3.20
  struct Invocation: Codable {
    var executionSuccessful: Bool
    var exitCode: Int32
    var toolExecutionNotifications: [Notification]
  }

  /// 3.58
  struct Notification: Codable {
    var descriptor: Reference
    var level: String
    var message: Message
    var locations: [Location]

    struct Reference: Codable {
      var id: String
      var index: Int
    }

    struct Descriptor: Codable {
      var id: String
      var shortDescription: Message
    }
  }

  /// 3.27
  struct Result: Codable {
    var ruleId: String
    var ruleIndex: Int?
    var kind: String?
    var level: String
    var message: Message
    var locations: [Location]
    var relatedLocations: [Location]?
    var partialFingerprints: [String: String]?
    var codeFlows: [CodeFlow]?
    var fixes: [Fix]?
    /// Empty: nobody accepted it (3.27.23).
    var suppressions: [Suppression]
    /// Absent where no baseline was given (3.27.24).
    var baselineState: String?
    var properties: ResultProperties?
  }

  /// 3.35
  struct Suppression: Codable {
    var kind: String
    var justification: String?
    var location: Location?
  }

  /// 3.55
  struct Fix: Codable {
    var description: Message
    var artifactChanges: [ArtifactChange]
  }

  struct ArtifactChange: Codable {
    var artifactLocation: ArtifactLocation
    var replacements: [Replacement]
  }

  struct Replacement: Codable {
    var deletedRegion: Region
    var insertedContent: Message
  }

  /// 3.28
  struct Location: Codable {
    var id: Int?
    var physicalLocation: PhysicalLocation
    var logicalLocations: [LogicalLocation]?
    var message: Message?
  }

  struct LogicalLocation: Codable {
    var name: String
    var kind = "function"
  }

  struct PhysicalLocation: Codable {
    var artifactLocation: ArtifactLocation
    var region: Region?
  }

  /// 3.4
  struct ArtifactLocation: Codable {
    var uri: String
    var uriBaseId: String?
  }

  /// 3.30; the end column is exclusive.
  struct Region: Codable {
    var startLine: Int
    var startColumn: Int
    var endLine: Int
    var endColumn: Int
  }

  /// 3.36
  struct CodeFlow: Codable {
    var threadFlows: [ThreadFlow]
  }

  struct ThreadFlow: Codable {
    var locations: [ThreadFlowLocation]
  }

  struct ThreadFlowLocation: Codable {
    var location: Location
    var importance: String
  }

  struct ResultProperties: Codable {
    /// Absent in a finding about a comment.
    var role: String?
    var roles: [String]
    var certainty: String
    var function: String
    var callee: String?
    var spawnSites: [String]
    var causes: [Cause]
    var checks: [String]
    var instead: String?
    var variants: [String]?
  }

  struct Cause: Codable {
    var file: String
    var line: Int
    var function: String
    var callee: String?
    var check: String
    var certainty: String
    var role: String
    var reason: String
    var source: String
  }

  struct RunProperties: Codable {
    var spawnSites: [Site]
    var hiddenSingleThreaded: Int
    var threadsPossible: Bool
    var threadsReason: String
    var platform: String
  }

  struct Site: Codable {
    var file: String
    var line: Int
    var function: String
    var call: String
    var verdict: String
    var assumes: [String]
    var externalCalls: [String]
    var reasons: [String]
  }
}
