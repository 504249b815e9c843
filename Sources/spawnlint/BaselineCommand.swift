import ArgumentParser
import Foundation
import Project
import Reports

struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Record the findings of today, so that only new ones count.",
    usage: "spawnlint baseline [PATH…] [-p BUILD_DIR] [options] [-- clang flags]",
    discussion: """
      Findings are recorded by what they are, not by their lines, and files may be renamed. Check with \
      --baseline FILE, or name the file in .spawnlint.yml. Reasons that were written into the file by hand stay.
      """)

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions

  @Option(
    name: [.short, .long],
    help: "The file; default: that of the configuration, or .spawnlint-baseline.json.", completion: .file())
  var output: String?

  @Flag(help: "Drop what occurs no more, and record nothing new.")
  var prune = false

  func run() throws {
    let configuration = try analysis.configuration()
    let path = output ?? configuration.baseline.value ?? Baseline.standardName
    let file = OutputFile(path)
    try file.check()
    let folder = BaselineFolder(of: path, workingDirectory: FileManager.default.currentDirectoryPath)
    let exists = FileManager.default.fileExists(atPath: path)
    let older = exists || prune ? try Baseline.read(path, folder: folder) : nil
    let units = try analysis.units(configuration)
    var options = RunOptions(configuration, jobs: analysis.jobCount)
    options.unread = units.unread
    let reading = analysis.reading.reading(configuration)
    let result = try Run.perform(units: units.units, options: options, reading: reading)
    if let warning = reading.finish() { Diagnostics.remark(warning) }
    let update = BaselineUpdate(result, older: older, folder: folder, prunes: prune)
    try file.write(try update.baseline.render())
    try OutputFile.writeToStandardOutput("\(path): \(update.summary)\n")
    for unit in result.incomplete {
      Diagnostics.remark("\(unit.file) was not understood completely: \(unit.message)")
    }
    if !result.incomplete.isEmpty { throw ExitCode(ExitStatus.incomplete.rawValue) }
  }
}
