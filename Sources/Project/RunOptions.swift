import Catalogue
import Checks
import EmbeddedRules
import Foundation
import Linking
import Reports

/// `--threads`: whether other threads are possible when the program forks.
public enum ThreadsOption: String, CaseIterable, Codable, Sendable {
  /// Decided from the program: one with `main` and without any thread creation has none.
  case auto
  case yes
  case no
}

/// `--workers`: what becomes of a child that never execs.
public enum WorkersOption: String, CaseIterable, Codable, Sendable {
  /// One finding where it leaves the code that spawned it.
  case report
  /// The code after that is entered too.
  case follow
}

/// What a run is asked to do beside reading its units.
public struct RunOptions: Sendable, Equatable {
  public var platform: Platform
  public var threads: ThreadsOption
  public var workers: WorkersOption
  /// Read after the built-in catalogue; later entries win.
  public var catalogueFiles: [String]
  /// Functions whose names match one of these patterns must be async-signal-safe, whoever calls them; `*`
  /// stands for any characters, `?` for one, `[a-z]` for one of a range.
  public var contracts: [String]
  /// Units read at the same time, at least 1.
  public var jobs: Int
  /// A comment that allows something without saying why is a mistake.
  public var demandsReason = true
  /// Levels that differ from the checks' own; the last rule that matches counts.
  public var checkRules: [CheckRule] = []
  /// What the rules' paths are relative to.
  public var tree = SourceTree(root: "/", workingDirectory: "/")
  /// Times the usual bounds of the analysis.
  public var effort = 1
  /// Read every unit, whatever its text says; else those that child paths need.
  public var isExhaustive = false
  /// When to read by need.
  public var need = NeedPolicy()
  /// Spawn sites come with a picture of what their children execute.
  public var drawsGraphs = false
  /// What should have been read too.
  public var unread: [IncompleteUnit] = []
  /// The code is read once with the flags of each; empty: once.
  public var variants: [Variant] = []

  public init(
    platform: Platform = .glibc, threads: ThreadsOption = .auto, workers: WorkersOption = .report,
    catalogueFiles: [String] = [], contracts: [String] = [], jobs: Int = 1
  ) {
    self.platform = platform
    self.threads = threads
    self.workers = workers
    self.catalogueFiles = catalogueFiles
    self.contracts = contracts
    self.jobs = jobs
  }

  /// The built-in catalogue with the files in their order.
  package func catalogue() throws -> Catalogue {
    var catalogue = Catalogue.builtIn()
    for file in catalogueFiles { catalogue = try catalogue.adding(file: file) }
    return catalogue
  }

  public init(_ configuration: Configuration, jobs: Int) {
    self.init(
      platform: configuration.platform.value, threads: configuration.threads.value,
      workers: configuration.workers.value, catalogueFiles: configuration.catalogues.value,
      contracts: configuration.contracts.value, jobs: jobs)
    demandsReason = configuration.requireReason.value
    checkRules = configuration.checks
    tree = configuration.tree
    effort = configuration.effort.value
    variants = configuration.variants.value
  }
}

/// One C file to read, and how.
public struct SourceUnit: Sendable, Hashable {
  /// As the user or the compile database names it; relative to `directory` where that is given.
  public var file: String
  /// Compiler flags, without the compiler, `-c`, `-o` and the file.
  public var flags: [String]
  /// Where relative paths of `file` and `flags` start; nil for the working directory.
  public var directory: String?
  /// The text, where it stands in no file.
  public var contents: String?
  /// What the build makes of it, by its full path; tells units of one program from those of another.
  public var output: String?

  /// What it is linked into, as far as that tells, and where it lies.
  var linkPlace: LinkPlace {
    let source = PlainPath.absolute(path, in: FileManager.default.currentDirectoryPath)
    let target = output.flatMap { LinkTarget(output: $0, source: source) }
    return LinkPlace(
      target: target?.name, mayBeArchive: target?.mayBeArchive ?? true, folder: PlainPath.folder(of: source))
  }

  /// Without `-o` among its flags: the last names the output.
  public func takingOutput() -> SourceUnit {
    var unit = self
    var rest = flags[...]
    unit.flags = []
    while let flag = rest.popFirst() {
      var named: String?
      if flag == "-o" {
        named = rest.popFirst()
      } else if flag.hasPrefix("-o"), !flag.hasPrefix("-objc") {
        named = String(flag.dropFirst(2))
      } else {
        unit.flags.append(flag)
      }
      if let named {
        unit.output = PlainPath.absolute(
          named, in: directory ?? FileManager.default.currentDirectoryPath)
      }
    }
    return unit
  }
  /// What compiles it in the build, as its command calls it.
  var compiler: String?

  public init(file: String, flags: [String], directory: String? = nil, contents: String? = nil) {
    self.file = file
    self.flags = flags
    self.directory = directory
    self.contents = contents
  }

  func adding(_ more: [String]) -> SourceUnit {
    var unit = self
    unit.flags += more
    return unit
  }

  /// The file as clang names it.
  public var path: String {
    guard let directory, !file.hasPrefix("/") else { return file }
    return URL(fileURLWithPath: directory).appendingPathComponent(file).path
  }
}

/// When it is worth while to read only what child paths need: to look at all words, and to look at a program several
/// times while it grows, costs something too.
public struct NeedPolicy: Hashable, Sendable {
  /// Bytes of all main files together below which all are read.
  public var leastBytes = 4_000_000
  /// The part of all units; where more are needed, all are read.
  public var mostUnits = 0.25

  public init() {}
}
