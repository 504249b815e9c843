import ArgumentParser
import Project
import Reports

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Report what children of spawn calls must not do.",
    usage: "spawnlint check [PATH…] [-p BUILD_DIR] [options] [-- clang flags]")

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions
  @OptionGroup(title: "Report") var results: ResultOptions
  @OptionGroup var fixing: FixOption

  @Option(
    help: ArgumentHelp(
      "Read part I of N equal parts and write its facts to the file of -o; spawnlint merge checks all parts.",
      valueName: "I/N"))
  var shard: Shard?

  @Flag(help: "Print the names of the files that would be read, one in a line, and read none.")
  var listFiles = false

  func validate() throws {
    guard shard != nil else { return }
    guard results.output.output != nil else {
      throw ValidationError("--shard needs -o FILE, for spawnlint merge")
    }
    guard results.reports.isEmpty else {
      throw ValidationError("--shard gives no report: give --report to spawnlint merge")
    }
    guard fixing.fix == nil else { throw ValidationError("--shard and --fix exclude each other") }
  }

  func run() throws {
    if listFiles { return try printFiles() }
    if let shard, let output = results.output.output {
      return try IndexCommand.run(analysis, shard: shard, output: output)
    }
    var run = try AnalysisRun(analysis: analysis, results: results, view: .findings)
    run.fix = fixing.fix
    try run.run()
  }

  /// What cannot be read is named as well, and the status tells of it.
  private func printFiles() throws {
    let collection = try analysis.units(try analysis.configuration())
    try results.output.write(collection.units.map { $0.path + "\n" }.joined())
    for unit in collection.unread { Diagnostics.remark("\(unit.file) \(unit.message)") }
    if !collection.unread.isEmpty { throw ExitCode(ExitStatus.incomplete.rawValue) }
  }
}
