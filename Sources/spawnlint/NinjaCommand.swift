import ArgumentParser
import Foundation
import Project
import Reports

struct NinjaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ninja",
    abstract: "Write a Ninja file that checks a project, with an action for each file.",
    usage: "spawnlint ninja [PATH…] -p BUILD_DIR [-o lint.ninja] [options]",
    discussion: """
      ninja -f lint.ninja reads what changed, on all processors or on those of a distributing Ninja, and prints \
      what spawnlint check would; ninja -f lint.ninja report writes spawnlint-facts/report.sarif beside the file.
      """)

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions

  @Option(name: [.short, .long], help: "The file.", completion: .file())
  var output: String = "lint.ninja"

  func run() throws {
    let configuration = try analysis.configuration()
    let units = try analysis.units(configuration)
    let folder = FileManager.default.currentDirectoryPath
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }
    let config = configuration.path.map { ["--config", absolute($0)] } ?? ["--no-config"]
    let path = absolute(output)
    var file = NinjaFile(
      program: URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path,
      indexing: config + analysis.judging.catalogueFiles.flatMap { ["--catalogue", absolute($0)] },
      linking: config + analysis.judging.words(absolute), path: path)
    if let database = units.databasePath {
      file.regeneration = NinjaFile.Regeneration(
        words: [file.program] + CommandLine.arguments.dropFirst(), directory: folder,
        inputs: [absolute(database)] + (configuration.path.map { [absolute($0)] } ?? []))
    }
    try OutputFile(path).write(file.render(units.units))
  }
}
