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
  var configuration: Configuration
  var units: [SourceUnit]
  var jobs: Int

  init(analysis: AnalysisOptions, results: ResultOptions) throws {
    self.results = results
    configuration = try analysis.configuration()
    configuration.failOn.set(results.failOn, option: "--fail-on")
    units = try analysis.units(configuration)
    jobs = analysis.jobCount
  }

  /// Texts for source lines in reports.
  var source: SourceText {
    let texts = units.compactMap { unit in unit.contents.map { (unit.file, $0) } }
    return SourceText(overrides: Dictionary(texts, uniquingKeysWith: { first, _ in first }))
  }

  func run(_ render: (RunResult, AnalysisRun) throws -> String) throws {
    let result = try Run.perform(units: units, options: RunOptions(configuration, jobs: jobs))
    for pattern in result.unmatchedContracts {
      Diagnostics.remark("no function of these files has a name like the contract '\(pattern)'")
    }
    try results.output.write(try render(result, self))
    let status = ExitStatus(result, failOn: configuration.failOn.value)
    if status != .success { throw ExitCode(status.rawValue) }
  }

  func context(of result: RunResult) throws -> ReportContext {
    ReportContext(
      toolVersion: Version.spawnlint, libraryVersion: Version.libclang,
      pages: try CheckPage.all(in: EmbeddedRules.checkFiles),
      tree: SourceTree.around(FileManager.default.currentDirectoryPath),
      exitStatus: ExitStatus(result, failOn: configuration.failOn.value))
  }
}
