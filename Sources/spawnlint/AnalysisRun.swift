import ArgumentParser
import Catalogue
import Checks
import EmbeddedRules
import Foundation
import Project
import Reports

/// One run of `check` or `sites`: read, analyse, report, exit.
struct AnalysisRun {
  var results: ResultOptions
  var view: ReportView
  var requests: [ReportRequest]
  var configuration: Configuration
  var units: [SourceUnit]
  var jobs: Int

  init(analysis: AnalysisOptions, results: ResultOptions, view: ReportView) throws {
    self.results = results
    self.view = view
    requests = try results.requests(view: view)
    configuration = try analysis.configuration()
    configuration.failOn.set(results.failOn, option: "--fail-on")
    configuration.baseline.set(results.baseline.map(Optional.some), option: "--baseline")
    units = try analysis.units(configuration)
    jobs = analysis.jobCount
  }

  /// Texts for source lines in reports.
  private var source: SourceText {
    let texts = units.compactMap { unit in unit.contents.map { (unit.file, $0) } }
    return SourceText(overrides: Dictionary(texts, uniquingKeysWith: { first, _ in first }))
  }

  func run() throws {
    let options = RunOptions(configuration, jobs: jobs)
    // Read before the analysis, which takes longer.
    let baseline = try configuration.baseline.value.map { path in
      let folder = BaselineFolder(of: path, workingDirectory: FileManager.default.currentDirectoryPath)
      return (try Baseline.read(path, folder: folder), folder)
    }
    var result = try Run.perform(units: units, options: options)
    if let (baseline, folder) = baseline { result = baseline.applied(to: result, folder: folder) }
    if let reference = results.diff {
      result = try DiffRun.filter(result, units: units, options: options, since: reference)
    }
    for pattern in result.unmatchedContracts {
      Diagnostics.remark("no function of these files has a name like the contract '\(pattern)'")
    }
    let status = ExitStatus(result, failOn: configuration.failOn.value)
    var report = Report(result, view: view, context: try context(status), source: source)
    report.isQuiet = results.quiet
    // What stands on standard output is not taken back when a file cannot be written, so files come first.
    let main = try report.render(results.format, style: results.output.style)
    var files = try requests.map { (OutputFile($0.path), try report.render($0.format)) }
    if let path = results.output.output { files.insert((OutputFile(path), main), at: 0) }
    try OutputFile.write(files)
    if results.output.output == nil { try OutputFile.writeToStandardOutput(main) }
    if status != .success { throw ExitCode(status.rawValue) }
  }

  /// Pages are read for the formats that show them.
  private func context(_ status: ExitStatus) throws -> ReportContext {
    let showsPages = ([results.format] + requests.map(\.format)).contains { $0 == .sarif || $0 == .rdjson }
    var context = ReportContext(
      toolVersion: Version.spawnlint, libraryVersion: Version.libclang,
      pages: showsPages ? try CheckPage.all(in: EmbeddedRules.checkFiles) : [],
      tree: SourceTree.around(FileManager.default.currentDirectoryPath), exitStatus: status,
      failOn: configuration.failOn.value)
    context.omitsSuppressed = results.omitSuppressed
    context.hasBaseline = configuration.baseline.value != nil
    return context
  }
}
