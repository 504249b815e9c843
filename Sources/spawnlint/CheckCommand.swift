import ArgumentParser
import Checks
import Foundation
import Project
import Reports

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Report what children of spawn calls must not do.",
    usage: "spawnlint check [PATH…] [-p BUILD_DIR] [options] [-- clang flags]")

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions
  @OptionGroup(title: "Report") var results: ResultOptions

  func run() throws {
    try AnalysisRun(analysis: analysis, results: results).run { result, run in
      switch results.format {
      case .text:
        var report = TextReport(source: run.source, style: results.output.style, isQuiet: results.quiet)
        return report.render(result)
      case .sarif:
        var report = SARIFReport(source: run.source, context: try run.context(of: result))
        return try report.render(result)
      case .json:
        return try JSONReport(result, context: try run.context(of: result)).render()
      }
    }
  }
}
