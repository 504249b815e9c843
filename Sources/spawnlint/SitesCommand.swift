import ArgumentParser

struct SitesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites",
    abstract: "List every spawn site with its verdict and the evidence for it.",
    usage: "spawnlint sites [PATH…] [-p BUILD_DIR] [options] [-- clang flags]",
    discussion: """
      verified: everything the child can execute is known and allowed; the closed list of functions it can \
      call is shown. unproven: something is not known. violations: something is not allowed.
      """)

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions
  @OptionGroup(title: "Report") var results: ResultOptions

  func run() throws {
    try AnalysisRun(analysis: analysis, results: results, view: .sites).run()
  }
}
