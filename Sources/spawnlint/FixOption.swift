import ArgumentParser
import Checks
import Foundation
import Project
import Reports

/// What is done with findings that can be fixed without thought.
enum FixMode: String, CaseIterable, ExpressibleByArgument {
  /// The files are changed.
  case write
  /// The changes are shown.
  case diff
}

struct FixOption: ParsableArguments {
  static let name = "--fix"

  @Option(
    help: ArgumentHelp(
      "Change what is mechanical and certain in the files (--fix), or show it as a diff instead of the report (--fix=diff).",
      valueName: "mode"))
  var fix: FixMode?

  /// The parser knows no options with a value that may be missing.
  static func withValue(_ words: ArraySlice<String>) -> [String] {
    words.map { $0 == name ? "\(name)=\(FixMode.write.rawValue)" : $0 }
  }
}

extension AnalysisRun {
  /// The result that is reported, and the text that takes the place of its report on standard output.
  func fixed(_ result: RunResult, analyse: ([SourceUnit]) throws -> RunResult) throws -> (RunResult, [UInt8]?)
  {
    guard fix != nil || writes(.sarif) || writes(.rdjson) || writes(.json) else { return (result, nil) }
    let fixes = confirmed(result)
    switch fix {
    case nil: return (fixes.result, nil)
    case .diff:
      let folder = FileManager.default.currentDirectoryPath
      return (fixes.result, fixes.files.flatMap { $0.diff(in: folder) })
    case .write:
      let run = try FixRun(fixes, units: units, analyse: analyse)
      for remark in run.remarks { Diagnostics.remark(remark) }
      return (confirmed(run.result).result, nil)
    }
  }

  private func confirmed(_ result: RunResult) -> ConfirmedFixes {
    facts.map { ConfirmedFixes(result, readings: $0.readings, tree: options.tree) }
      ?? ConfirmedFixes(result, units: units, options: options)
  }
}
