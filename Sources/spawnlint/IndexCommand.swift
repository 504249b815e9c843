import ArgumentParser
import Foundation
import Project
import Reports

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Read files and write what was understood, to be linked later or elsewhere.",
    usage: "spawnlint index [PATH…] [-p BUILD_DIR] [--shard I/N] -o FILE [options] [-- clang flags]",
    discussion: """
      What is written of a file depends on this file, what it includes and the flags alone, so that a build system \
      can do it in one action for each file. spawnlint link makes the report.
      """)

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions

  @Option(name: [.short, .long], help: "The file for the facts.", completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Only part I of N equal parts, for spawnlint merge.", valueName: "I/N"))
  var shard: Shard?

  @Option(
    help: "Write the names of all files that were read to a file, in make's language.", completion: .file())
  var depfile: String?

  @Option(
    help: ArgumentHelp(
      "Take the flags after -- for all there are, with paths that start in this folder: no compile database's, no"
        + " configuration's.", valueName: "folder"), completion: .directory)
  var directory: String?

  func run() throws {
    let given = directory.map { directory in
      analysis.paths.map {
        SourceUnit(file: $0, flags: analysis.clangFlags, directory: directory).takingOutput()
      }
    }
    try Self.run(analysis, given: given, shard: shard, output: output, depfile: depfile)
  }

  static func run(
    _ analysis: AnalysisOptions, given: [SourceUnit]? = nil, shard: Shard?, output: String,
    depfile: String? = nil
  ) throws {
    let configuration = try analysis.configuration()
    // A build system has a cache of its own, and its actions shall depend on nothing else.
    let reading = analysis.reading.reading(configuration, withStandardCache: false)
    let collection = given == nil ? try analysis.units(configuration) : nil
    let indexing = try Indexing(
      given ?? collection?.units ?? [], options: RunOptions(configuration, jobs: analysis.jobCount),
      shard: shard, reading: reading)
    if let warning = reading.finish() { Diagnostics.remark(warning) }
    for problem in indexing.problems {
      Diagnostics.remark("\(problem.file) was not understood completely: \(problem.message)")
    }
    if let depfile { try OutputFile(depfile).write(indexing.dependencies(of: output)) }
    try indexing.file.write(to: output)
    // Facts say nothing of what is not a unit.
    let unread = collection?.unread ?? []
    for unit in unread { Diagnostics.remark("\(unit.file) \(unit.message)") }
    if !unread.isEmpty { throw ExitCode(ExitStatus.incomplete.rawValue) }
  }
}

extension Shard: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
