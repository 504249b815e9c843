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

  @Option(help: "Whose list of safe functions counts.")
  var platform: Platform = .glibc

  @Option(help: "Whether other threads are possible when the program forks.")
  var threads: ThreadsOption = .auto

  @Option(help: "Report where a child that never execs leaves its spawner, or follow it.")
  var workers: WorkersOption = .report

  @Option(
    name: .customLong("catalogue"), help: "More facts about functions, in YAML; may be repeated.",
    completion: .file(extensions: ["yml", "yaml"]))
  var catalogueFiles: [String] = []

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
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs)") }
  }

  var runOptions: RunOptions {
    RunOptions(
      platform: platform, threads: threads, workers: workers, catalogueFiles: catalogueFiles,
      jobs: jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount))
  }

  func units() throws -> [SourceUnit] {
    // Not in `validate`, which would come before the parser's word on an unknown option.
    guard !paths.isEmpty || buildDirectory != nil else {
      throw ValidationError("no files: name C files or directories, or a build directory with -p")
    }
    let collection = try UnitCollection(
      paths: paths, buildDirectory: buildDirectory, flags: clangFlags, standardInputName: stdinName,
      readStandardInput: {
        String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
      })
    for remark in collection.remarks { Diagnostics.remark(remark) }
    return collection.units
  }
}
