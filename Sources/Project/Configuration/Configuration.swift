import Catalogue
import Checks
import Reports

/// What a check is worth somewhere.
public enum CheckRuling: String, CaseIterable, Codable, Sendable {
  case off
  case note
  case warning
  case error

  public var level: Level? { Level(rawValue: rawValue) }
}

/// One line under `checks`.
public struct CheckRule: Sendable, Hashable {
  /// A check's name, or a pattern for several.
  public var check: String
  public var ruling: CheckRuling
  /// Where it holds; empty means everywhere.
  public var paths: [PathPattern]
  public var origin: Origin
}

/// The code as one set of flags makes it.
public struct Variant: Sendable, Hashable {
  public var name: String
  /// After all other flags.
  public var flags: [String]

  public init(name: String, flags: [String]) {
    self.name = name
    self.flags = flags
  }
}

/// How a run is set up: the values of the configuration file, and of the command line where it says otherwise.
public struct Configuration: Sendable {
  public static let fileName = ".spawnlint.yml"

  /// The file that was read; nil: there is none.
  public internal(set) var path: String?
  /// What the file's paths are relative to.
  public internal(set) var tree: SourceTree

  public var platform = Setting(Platform.glibc)
  public var threads = Setting(ThreadsOption.auto)
  public var workers = Setting(WorkersOption.report)
  public var failOn = Setting(FailOn.warning)
  /// As they can be opened from the working directory.
  public var catalogues: Setting<[String]> = Setting([])
  /// Patterns of names of functions that must be async-signal-safe, whoever calls them.
  public var contracts: Setting<[String]> = Setting([])
  public var buildDirectory: Setting<String?> = Setting(nil)
  public var baseline: Setting<String?> = Setting(nil)
  public var flags: Setting<[String]> = Setting([])
  public var variants: Setting<[Variant]> = Setting([])
  public var exclude: Setting<[PathPattern]> = Setting([])
  /// The last rule that speaks of a check and a place counts.
  public internal(set) var checks: [CheckRule] = []
  public var requireReason = Setting(true)
  /// Times what the analysis does at most before it calls a site unproven.
  public var effort = Setting(1)
  /// How long reading one file may take.
  public var seconds = Setting(Reading.Workers().limits.seconds)
  /// How much memory reading one file may take, in units of 2^20 bytes.
  public var megabytes = Setting(Int(Reading.Workers().limits.memory >> 20))

  /// The built-in one.
  public init(workingDirectory: String) {
    tree = SourceTree(root: workingDirectory, workingDirectory: workingDirectory)
  }

  /// Whether files of that path are left out. The path is relative to the working directory.
  public func excludes(_ path: String) -> Bool {
    guard !exclude.value.isEmpty, let path = tree.relative(path) else { return false }
    return exclude.value.contains { $0.matches(path) }
  }
}
