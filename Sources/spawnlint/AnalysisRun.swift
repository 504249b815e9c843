import ArgumentParser
import Catalogue
import Checks
import EmbeddedRules
import Foundation
import Project
import Reports

/// One run of `check`, `sites` or `report`: read, analyse, write, exit.
struct AnalysisRun {
  let view: ReportView
  /// What is written to files.
  let requests: [ReportRequest]
  let diff: String?
  let configuration: Configuration
  let units: [SourceUnit]
  let unread: [IncompleteUnit]
  /// The units were read before; nil: they are to be read.
  var facts: FactsCollection?
  let jobs: Int
  private let reading: Reading
  let isExhaustive: Bool
  let tellsTimings: Bool
  var isQuiet = false
  var omitsSuppressed = false
  var fix: FixMode?
  /// What is written to standard output.
  var shown: (format: ReportFormat, style: Style)?

  init(
    analysis: AnalysisOptions, selection: SelectionOptions, view: ReportView, requests: [ReportRequest]
  ) throws {
    self.view = view
    self.requests = requests
    var configuration = try analysis.configuration()
    configuration.failOn.set(selection.failOn, option: "--fail-on")
    configuration.baseline.set(selection.baseline.map(Optional.some), option: "--baseline")
    self.configuration = configuration
    diff = selection.diff
    let collection = try analysis.units(configuration)
    units = collection.units
    unread = collection.unread
    jobs = analysis.jobCount
    reading = analysis.reading.reading(configuration)
    isExhaustive = analysis.exhaustive
    tellsTimings = analysis.timings
  }

  init(analysis: AnalysisOptions, results: ResultOptions, view: ReportView) throws {
    try self.init(
      analysis: analysis, selection: results.selection, view: view, requests: try results.requests(view: view)
    )
    isQuiet = results.quiet
    omitsSuppressed = results.omitSuppressed
    if results.output.output == nil { shown = (results.format, results.output.style) }
  }

  /// Of facts that were read before.
  init(_ facts: FactsCollection, judging: JudgingOptions, results: ResultOptions, jobs: Int) throws {
    view = .findings
    requests = try results.requests(view: .findings)
    var configuration = try judging.configuration(for: [])
    configuration.failOn.set(results.selection.failOn, option: "--fail-on")
    configuration.baseline.set(results.selection.baseline.map(Optional.some), option: "--baseline")
    self.configuration = configuration
    diff = results.selection.diff
    units = facts.units
    unread = []
    self.facts = facts
    self.jobs = jobs
    reading = .plain
    isExhaustive = true
    tellsTimings = false
    isQuiet = results.quiet
    omitsSuppressed = results.omitSuppressed
    if results.output.output == nil { shown = (results.format, results.output.style) }
  }

  /// - Parameter answer: for standard output, from the summary; only where no report goes there.
  func run(answer: (String) -> String = { _ in "" }) throws {
    try checkFix()
    if isatty(STDERR_FILENO) != 0, !isQuiet { Progress.shared.enable() }
    defer { Progress.shared.finish() }
    let (result, changes) = try fixed(try result(units), analyse: result)
    for pattern in result.unmatchedContracts {
      Diagnostics.remark("no function of these files has a name like the contract '\(pattern)'")
    }
    if tellsTimings { Timings.tell(result) }
    let status = ExitStatus(result, failOn: configuration.failOn.value)
    var report = Report(result, view: view, context: try context(status), source: source)
    report.isQuiet = isQuiet
    // What stands on standard output is not taken back when a file cannot be written, so files come first.
    let main = try shown.map { try report.render($0.format, style: $0.style) } ?? answer(report.summary)
    try OutputFile.write(requests.map { ($0.file, try report.render($0.format)) })
    try OutputFile.writeToStandardOutput(changes ?? Array(main.utf8))
    if status != .success { throw ExitCode(status.rawValue) }
  }

  private func checkFix() throws {
    if fix == .diff, let format = shown?.format, format != .text {
      throw ValidationError(
        "--fix=diff writes to standard output: use --report \(format.rawValue)=FILE for a report beside it")
    }
    if fix == .write, let unit = units.first(where: { $0.contents != nil }) {
      throw ValidationError(
        "--fix cannot change \(unit.file), which is standard input: --fix=diff shows the changes")
    }
  }

  var options: RunOptions {
    var options = RunOptions(configuration, jobs: jobs)
    options.drawsGraphs = writes(.html)
    options.unread = unread
    options.isExhaustive = isExhaustive
    return options
  }

  private func result(_ units: [SourceUnit]) throws -> RunResult {
    // Read before the analysis, which takes longer.
    let baseline = try configuration.baseline.value.map { path in
      let folder = BaselineFolder(of: path, workingDirectory: FileManager.default.currentDirectoryPath)
      return (try Baseline.read(path, folder: folder), folder)
    }
    var result =
      try facts.map { try Run.link($0, options: options) }
      ?? Run.perform(units: units, options: options, reading: reading)
    if let (baseline, folder) = baseline { result = baseline.applied(to: result, folder: folder) }
    if let diff {
      result = try DiffRun.filter(result, units: units, options: options, since: diff, reading: reading)
    }
    if let warning = reading.finish() { Diagnostics.remark(warning) }
    return result
  }

  /// Texts for source lines in reports.
  private var source: SourceText {
    let texts = units.compactMap { unit in unit.contents.map { (unit.file, $0) } }
    return SourceText(overrides: Dictionary(texts, uniquingKeysWith: { first, _ in first }))
  }

  func writes(_ format: ReportFormat) -> Bool {
    shown?.format == format || requests.contains { $0.format == format }
  }

  /// Pages are read for the formats that show them.
  private func context(_ status: ExitStatus) throws -> ReportContext {
    let showsPages = writes(.sarif) || writes(.rdjson) || writes(.html)
    var context = ReportContext(
      toolVersion: Version.spawnlint, libraryVersion: Version.libclang,
      pages: showsPages ? try CheckPage.all(in: EmbeddedRules.checkFiles) : [],
      tree: SourceTree.around(FileManager.default.currentDirectoryPath), exitStatus: status,
      failOn: configuration.failOn.value)
    context.omitsSuppressed = omitsSuppressed
    context.hasBaseline = configuration.baseline.value != nil
    return context
  }
}
