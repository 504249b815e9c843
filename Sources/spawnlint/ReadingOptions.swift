import ArgumentParser
import Foundation
import Project

/// How files are read.
struct ReadingOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "Files read at the same time; default: one for each processor.")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Where to keep what was understood of files; default: spawnlint in the user's cache directory.",
      valueName: "folder"),
    completion: .directory)
  var cacheDir: String?

  @Flag(help: "Read every file anew, and keep nothing.")
  var noCache = false

  @Option(
    help: ArgumentHelp(
      "How long reading one file may take; what takes longer is incomplete; default: 120.",
      valueName: "seconds"))
  var timeLimit: Int?

  @Option(
    help: ArgumentHelp("How much memory reading one file may take; default: 4096.", valueName: "megabytes"))
  var memoryLimit: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs)") }
    if noCache, cacheDir != nil { throw ValidationError("--cache-dir and --no-cache exclude each other") }
    if let timeLimit, !(1...1_000_000).contains(timeLimit) {
      throw ValidationError("--time-limit must be at least 1, not \(timeLimit)")
    }
    if let memoryLimit, !(256...1_000_000).contains(memoryLimit) {
      throw ValidationError("--memory-limit must be at least 256, not \(memoryLimit)")
    }
  }

  /// Files read at the same time.
  var jobCount: Int { jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// - Parameter withStandardCache: also where no folder is named.
  func reading(_ configuration: Configuration, withStandardCache: Bool = true) -> Reading {
    var workers = Reading.Workers()
    workers.limits.seconds = configuration.seconds.value
    workers.limits.memory = UInt64(configuration.megabytes.value) << 20
    var folder = cacheDir
    if folder == nil, withStandardCache, !noCache {
      folder = Reading.standardCacheFolder(ProcessInfo.processInfo.environment)
    }
    let hasLimits = configuration.seconds.origin != .builtIn || configuration.megabytes.origin != .builtIn
    let isPlain = !hasLimits && cacheDir == nil && !Restart.hasHappened
    return Reading(Reading.Options(cacheFolder: folder, workers: workers, singleUnitsHere: isPlain))
  }
}
