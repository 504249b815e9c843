import ArgumentParser
import Foundation
import Reports

/// Where a report goes and how it looks.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Write the report to a file; - is standard output.",
    completion: .file())
  var path: String?

  /// Nil: standard output.
  var output: String? { path == "-" ? nil : path }

  @Option(help: "Colours of the text format.")
  var color: ColorChoice = .auto

  var style: Style {
    color.style(
      isTerminal: output == nil && isatty(STDOUT_FILENO) == 1,
      environment: ProcessInfo.processInfo.environment)
  }

  func write(_ report: String) throws {
    try OutputFile.write(report, to: output)
  }
}

/// What of a run counts.
struct SelectionOptions: ParsableArguments {
  @Option(help: "From where on the exit status is 1; default: warning.")
  var failOn: FailOn?

  @Option(
    help: ArgumentHelp(
      "Known findings, which do not count: a file of spawnlint baseline, or a SARIF report of an earlier run.",
      valueName: "file"), completion: .file())
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Only what the changes since a git commit bring: findings on changed lines, and those that the code of the"
        + " commit does not have.", valueName: "commit"))
  var diff: String?
}

/// What `check` and `sites` answer with.
struct ResultOptions: ParsableArguments {
  @Option(help: "Form of the report.")
  var format: ReportFormat = .text

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Write one more report to a file; may be repeated.", valueName: "format=path"),
    completion: .file())
  var reports: [String] = []

  @Flag(name: [.short, .long], help: "Findings alone: no source lines below notes, no summary.")
  var quiet = false

  @Flag(help: "Leave what comments or the baseline allow out of SARIF: some services show it as open.")
  var omitSuppressed = false

  @OptionGroup var selection: SelectionOptions

  @OptionGroup var output: OutputOptions

  /// All that is written to files; checked.
  func requests(view: ReportView) throws -> [ReportRequest] {
    guard view.formats.contains(format) else { throw ReportRequest.unavailable(format, view) }
    var requests = output.output.map { [ReportRequest(format: format, path: $0)] } ?? []
    for text in reports { requests.append(try ReportRequest(parsing: text)) }
    try ReportRequest.check(requests, view: view)
    return requests
  }
}
