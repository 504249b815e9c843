import ArgumentParser
import Checks
import Project
import Reports

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
    try AnalysisRun(analysis: analysis, results: results).run { result, run in
      switch results.format {
      case .text:
        return SitesText(style: results.output.style, isQuiet: results.quiet).render(result)
      case .sarif:
        var report = SARIFReport(source: run.source, context: try run.context(of: result))
        return try report.render(result, view: .sites)
      case .json:
        return try JSONReport(result, context: try run.context(of: result), withFindings: false).render()
      }
    }
  }
}
