import ArgumentParser
import Reports

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write a run as a page for a browser.",
    usage: "spawnlint report [PATH…] [-p BUILD_DIR] [-o FILE|FOLDER/] [options] [-- clang flags]",
    discussion: """
      One file that needs no network: findings with their ways through the source, each spawn site with its verdict \
      and a picture of what its child executes, the checks, totals, filters and search. The exit status is that of \
      check.
      """)

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions

  @Option(name: [.short, .long], help: "The page, or a folder for it.", completion: .file())
  var output: String = "spawnlint.html"

  @OptionGroup(title: "Report") var selection: SelectionOptions

  func run() throws {
    let request = ReportRequest(format: .html, path: output)
    try ReportRequest.check([request], view: .findings)
    try AnalysisRun(analysis: analysis, selection: selection, view: .findings, requests: [request]).run {
      "\(request.file.path): \($0)\n"
    }
  }
}
