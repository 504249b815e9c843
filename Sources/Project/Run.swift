import Catalogue
import Checks
import ChildPath
import EmbeddedRules
import Linking
import Lowering
import SpawnIR

/// The analysis of a set of units.
public struct Run {
  /// Reads the units, links them to one program and follows its child paths.
  ///
  /// - Throws: `CatalogueError` for a catalogue file, `FrontEndError` for a source that cannot be read.
  public static func perform(units: [SourceUnit], options: RunOptions) throws -> RunResult {
    try perform(units: units, options: options, lowersEverything: false)
  }

  /// - Parameter lowersEverything: also what no child path needs; the result must not differ.
  package static func perform(
    units: [SourceUnit], options: RunOptions, lowersEverything: Bool
  ) throws -> RunResult {
    var catalogue = Catalogue.builtIn()
    for file in options.catalogueFiles { catalogue = try catalogue.adding(file: file) }
    let facts = try UnitReading.read(
      units, jobs: options.jobs, catalogue: catalogue, lowersEverything: lowersEverything)
    let program = Linker.link(facts)
    let isComplete = facts.allSatisfy { $0.problem == nil }
    let threads =
      switch options.threads {
      case .auto: ThreadsVerdict.infer(program, catalogue: catalogue, isComplete: isComplete)
      case .yes: ThreadsVerdict(possible: true, reason: "--threads yes")
      case .no: ThreadsVerdict(possible: false, reason: "--threads no")
      }
    let platform = options.platform
    let paths = ChildPathAnalysis.run(
      program, catalogue: catalogue, isWholeProgram: program.hasMain,
      followsWorkers: options.workers == .follow
    ) { entry, context in
      if case .allowed = judge(entry, context: context, platform: platform) { return true }
      return false
    }
    let outcome = Assessment.assess(
      paths, program: program, catalogue: catalogue, platform: platform,
      threadsPossible: threads.possible, followsWorkers: options.workers == .follow)
    return RunResult(
      findings: outcome.findings, sites: outcome.sites, incomplete: facts.compactMap(incomplete),
      hiddenSingleThreaded: outcome.hiddenSingleThreaded, threadsPossible: threads.possible,
      threadsReason: threads.reason, platform: platform, unitCount: facts.count)
  }

  private static func incomplete(_ facts: UnitFacts) -> IncompleteUnit? {
    guard let problem = facts.problem else { return nil }
    let place =
      problem.line > 0
      ? Location(
        file: problem.file, line: Int(problem.line), column: Int(problem.column), endLine: Int(problem.line),
        endColumn: Int(problem.column)) : nil
    return IncompleteUnit(file: facts.mainFile, message: problem.message, location: place)
  }
}
