import ArgumentParser

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Report what children of spawn calls must not do.",
    usage: "spawnlint check [PATH…] [-p BUILD_DIR] [options] [-- clang flags]")

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions
  @OptionGroup(title: "Report") var results: ResultOptions

  func run() throws {
    try AnalysisRun(analysis: analysis, results: results, view: .findings).run()
  }
}
