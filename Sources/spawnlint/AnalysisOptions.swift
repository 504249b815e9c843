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
    help: ArgumentHelp(
      "Take compiler flags from BUILD_DIR/compile_commands.json; without PATH, read all its C files. Default: the nearest one upwards from each file.",
      valueName: "build-dir"),
    completion: .directory)
  var buildDirectory: String?

  @OptionGroup var judging: JudgingOptions

  @OptionGroup var reading: ReadingOptions

  @Option(
    name: .customLong("query-driver"),
    help: ArgumentHelp(
      "Compilers of the database that may be executed to ask where their headers are: full paths, with * and ?; may be repeated.",
      valueName: "pattern"))
  var queriedDrivers: [String] = []

  @Flag(
    help:
      "Read every file; of a large program, only those are read otherwise that child paths need, chosen by a look at all words."
  )
  var exhaustive = false

  @Flag(help: "Tell on standard error which files were read and why, and the time it took.")
  var timings = false

  @Option(help: "Name of the standard input in reports.")
  var stdinName: String = "stdin.c"

  @Option(
    name: .customLong("extra-arg"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "One compiler flag for all files, after those of the compile database; all that follows -- counts the same.",
      valueName: "flag"))
  var clangFlags: [String] = []

  /// The configuration file's values, and those of these options where they are given.
  func configuration() throws -> Configuration {
    var configuration = try judging.configuration(for: paths)
    configuration.buildDirectory.set(buildDirectory.map(Optional.some), option: "--build-directory")
    configuration.seconds.set(reading.timeLimit, option: "--time-limit")
    configuration.megabytes.set(reading.memoryLimit, option: "--memory-limit")
    if !clangFlags.isEmpty {
      configuration.flags.set(configuration.flags.value + clangFlags, option: "--extra-arg")
    }
    return configuration
  }

  /// Files read at the same time.
  var jobCount: Int { reading.jobCount }

  func units(_ configuration: Configuration) throws -> UnitCollection {
    // Not in `validate`, which would come before the parser's word on an unknown option.
    guard !paths.isEmpty || configuration.buildDirectory.value != nil else {
      throw ValidationError("no files: name C files or directories, or a build directory with -p")
    }
    let collection = try UnitCollection(
      paths: paths, configuration: configuration, queriedDrivers: queriedDrivers,
      standardInputName: stdinName,
      readStandardInput: {
        SourceBytes.text(FileHandle.standardInput.readDataToEndOfFile())
      })
    for remark in collection.remarks { Diagnostics.remark(remark) }
    return collection
  }
}
