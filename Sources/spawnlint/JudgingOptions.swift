import ArgumentParser
import Catalogue
import Foundation
import Project

/// What facts are judged by.
struct JudgingOptions: ParsableArguments {
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

  func validate() throws {
    if noConfig, config != nil { throw ValidationError("--config and --no-config exclude each other") }
    if contracts.contains("") { throw ValidationError("--contract needs a name or a pattern") }
  }

  /// The configuration file's values, and those of these options where they are given.
  func configuration(for paths: [String]) throws -> Configuration {
    let choice: ConfigurationChoice = noConfig ? .none : config.map { .file($0) } ?? .nearest
    var configuration = try Configuration.load(choice, for: paths)
    configuration.platform.set(platform, option: "--platform")
    configuration.threads.set(threads, option: "--threads")
    configuration.workers.set(workers, option: "--workers")
    if !catalogueFiles.isEmpty {
      // More facts, not other ones.
      configuration.catalogues.set(configuration.catalogues.value + catalogueFiles, option: "--catalogue")
    }
    if !contracts.isEmpty {
      configuration.contracts.set(configuration.contracts.value + contracts, option: "--contract")
    }
    return configuration
  }

  /// These options again, as words, without the configuration file.
  ///
  /// - Parameter path: makes a path hold in another folder.
  func words(_ path: (String) -> String) -> [String] {
    var words: [String] = []
    if let platform { words += ["--platform", platform.rawValue] }
    if let threads { words += ["--threads", threads.rawValue] }
    if let workers { words += ["--workers", workers.rawValue] }
    words += catalogueFiles.flatMap { ["--catalogue", path($0)] }
    words += contracts.flatMap { ["--contract", $0] }
    return words
  }
}
