import ArgumentParser
import Foundation
import Reports

/// Where a report goes and how it looks.
struct OutputOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "Write the report to a file.", completion: .file())
  var output: String?

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

/// What `check` and `sites` answer with.
struct ResultOptions: ParsableArguments {
  @Option(help: "Form of the report.")
  var format: ReportFormat = .text

  @Option(help: "From where on the exit status is 1; default: warning.")
  var failOn: FailOn?

  @Flag(name: [.short, .long], help: "Findings alone: no source lines below notes, no summary.")
  var quiet = false

  @OptionGroup var output: OutputOptions
}
