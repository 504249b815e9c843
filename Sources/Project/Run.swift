import Catalogue
import Checks
import ChildPath
import EmbeddedRules
import Foundation
import Linking
import Lowering
import SpawnIR

/// The analysis of a set of units.
public struct Run {
  /// Reads the units, links them to one program and follows its child paths.
  ///
  /// - Throws: `CatalogueError` for a catalogue file, `FrontEndError` for a source that cannot be read.
  public static func perform(
    units: [SourceUnit], options: RunOptions, reading: Reading = .plain
  ) throws -> RunResult {
    func source(_ catalogue: Catalogue) -> any UnitSource {
      reading.source(markers: catalogue.contracts.macros, for: units)
    }
    guard !options.variants.isEmpty else {
      return try perform(units: units, options: options, from: source)
    }
    var results: [(variant: String, result: RunResult)] = []
    for variant in options.variants {
      var units = units
      for index in units.indices { units[index].flags += variant.flags }
      results.append((variant.name, try perform(units: units, options: options, from: source)))
    }
    return VariantMerge.merged(results)
  }

  /// - Parameters:
  ///   - source: gives the units' contents.
  ///   - lowersEverything: also what no child path needs; the result must not differ.
  package static func perform(
    units: [SourceUnit], options: RunOptions,
    from source: (Catalogue) throws -> any UnitSource = {
      ParsingSource(markers: $0.contracts.macros)
    },
    lowersEverything: Bool = false
  ) throws -> RunResult {
    let catalogue = try options.catalogue()
    let contracts = contractRules(catalogue, options)
    if min(options.jobs, units.count) <= 1 { FrontEnd.prepareForOneThread() }
    let read = try ProgramReading(
      units: units, options: options, source: try source(catalogue), catalogue: catalogue,
      contracts: contracts,
      lowersEverything: lowersEverything
    ).read()
    let (facts, program, paths, threads) = (read.facts, read.program, read.paths, read.threads)
    let platform = options.platform
    let suppressions = suppressions(in: facts, of: read.units, and: units, options: options)
    let policy = RunPolicy(suppressions: suppressions, rules: options.checkRules, tree: options.tree)
    let outcome = Assessment.assess(
      paths, program: program, catalogue: catalogue, platform: platform,
      threads: threads, followsWorkers: options.workers == .follow,
      policy: policy.isTrivial ? nil : policy, drawsGraphs: options.drawsGraphs)
    let findings =
      outcome.findings + policy.ruled(suppressions.findings(used: outcome.usedAllowances))
    // A database may compile a file in several ways.
    let isRepeated = Set(outcome.sites.map(\.location)).count < outcome.sites.count
    let sites = isRepeated ? VariantMerge.sites(outcome.sites) : outcome.sites
    var result = RunResult(
      findings: findings.sorted { $0.location < $1.location }, sites: sites,
      incomplete: facts.compactMap(incomplete) + options.unread,
      hiddenSingleThreaded: outcome.hiddenSingleThreaded,
      threadsPossible: threads.possible, threadsReason: threads.reason, platform: platform,
      unitCount: units.count, suppressed: outcome.suppressed,
      unmatchedContracts: options.contracts.filter { isUnmatched($0, program) })
    result.readUnits = zip(read.units, read.reasons).map { ReadUnit(path: $0.path, reason: $1.text) }
    result.readUnits += read.askedForThreads.map {
      ReadUnit(path: $0.path, reason: ReadingReason.threads.rawValue)
    }
    result.readFiles = (units.map(\.path) + facts.flatMap(\.files)).withoutRepetition
    return result
  }

  private static func suppressions(
    in facts: [UnitFacts], of read: [SourceUnit], and units: [SourceUnit], options: RunOptions
  ) -> Suppressions {
    let texts = Dictionary(
      units.compactMap { unit in unit.contents.map { (unit.path, $0) } },
      uniquingKeysWith: { first, _ in first })
    return Suppressions(
      facts, mainFiles: read.map(\.path), otherFiles: units.map(\.path),
      knownChecks: CheckPage.ids(in: EmbeddedRules.checkFiles),
      demandsReason: options.demandsReason
    ) { file in
      texts[file].map { Array($0.utf8) } ?? FileManager.default.contents(atPath: file).map { Array($0) }
    }
  }

  /// A misspelt contract must not pass for a kept one.
  private static func isUnmatched(_ pattern: String, _ program: Program) -> Bool {
    let glob = Glob(pattern)
    return !program.functions.contains { glob.matches(program.names[$0.name].text) }
  }

  private static func contractRules(_ catalogue: Catalogue, _ options: RunOptions) -> ContractRules {
    let patterns = options.contracts.map { Glob($0) }
    let marks = catalogue.contracts.annotations.union(catalogue.contracts.macros)
    return ContractRules(marks: marks) { name in patterns.first { $0.matches(name) }?.pattern }
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
