import ArgumentParser
import Catalogue
import Foundation
import Project

/// What `check` and `sites` read, and how.
struct AnalysisOptions: ParsableArguments {
  @Argument(
    help: "C files, directories (all .c files below), or - for standard input.", completion: .file())
  var paths: [String] = []

  @Option(
    name: [.customShort("p"), .customLong("build-directory")],
    help: "Take compiler flags from BUILD_DIR/compile_commands.json; without PATH, read all its C files.",
    completion: .directory)
  var buildDirectory: String?

  @Option(
    help: ArgumentHelp(
      "Configuration file; default: the nearest .spawnlint.yml upwards from the paths.", valueName: "file"),
    completion: .file(extensions: ["yml", "yaml"]))
  var config: String?

  @Flag(help: "Read no configuration file.")
  var noConfig = false

  @Option(help: "Whose list of safe functions counts; default: glibc.")
  var platform: Platform?

  @Option(help: "Whether other threads are possible when the program forks; default: auto.")
  var threads: ThreadsOption?

  @Option(help: "Report where a child that never execs leaves its spawner, or follow it; default: report.")
  var workers: WorkersOption?

  @Option(
    name: .customLong("catalogue"), help: "More facts about functions, in YAML; may be repeated.",
    completion: .file(extensions: ["yml", "yaml"]))
  var catalogueFiles: [String] = []

  @Option(
    name: .customLong("contract"),
    help: ArgumentHelp(
      "Functions that must be async-signal-safe, whoever calls them, by name: safe_* or [a-z]*_in_child; may be repeated.",
      valueName: "pattern"))
  var contracts: [String] = []

  @Option(name: [.short, .long], help: "Files read at the same time; default: one for each processor.")
  var jobs: Int?

  @Option(help: "Name of the standard input in reports.")
  var stdinName: String = "stdin.c"

  @Option(
    name: .customLong("extra-arg"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "One compiler flag for all files, after those of the compile database; all that follows -- counts the same.",
      valueName: "flag"))
  var clangFlags: [String] = []

  func validate() throws {
    if noConfig, config != nil { throw ValidationError("--config and --no-config exclude each other") }
    if contracts.contains("") { throw ValidationError("--contract needs a name or a pattern") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs)") }
  }

  /// The configuration file's values, and those of these options where they are given.
  func configuration() throws -> Configuration {
    let choice: ConfigurationChoice = noConfig ? .none : config.map { .file($0) } ?? .nearest
    var configuration = try Configuration.load(choice, for: paths)
    configuration.platform.set(platform, option: "--platform")
    configuration.threads.set(threads, option: "--threads")
    configuration.workers.set(workers, option: "--workers")
    configuration.buildDirectory.set(buildDirectory.map(Optional.some), option: "--build-directory")
    if !catalogueFiles.isEmpty {
      // More facts, not other ones.
      configuration.catalogues.set(configuration.catalogues.value + catalogueFiles, option: "--catalogue")
    }
    if !contracts.isEmpty {
      configuration.contracts.set(configuration.contracts.value + contracts, option: "--contract")
    }
    if !clangFlags.isEmpty {
      configuration.flags.set(configuration.flags.value + clangFlags, option: "--extra-arg")
    }
    return configuration
  }

  /// Files read at the same time.
  var jobCount: Int { jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

  func units(_ configuration: Configuration) throws -> [SourceUnit] {
    // Not in `validate`, which would come before the parser's word on an unknown option.
    guard !paths.isEmpty || configuration.buildDirectory.value != nil else {
      throw ValidationError("no files: name C files or directories, or a build directory with -p")
    }
    let collection = try UnitCollection(
      paths: paths, configuration: configuration, standardInputName: stdinName,
      readStandardInput: {
        String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
      })
    for remark in collection.remarks { Diagnostics.remark(remark) }
    return collection.units
  }
}
