import Catalogue
import Checks
import ChildPath
import Linking
import Lowering
import SpawnIR

/// A program, as far as it had to be read, and what its children do.
struct ReadProgram {
  /// Of the units that were read, in their order.
  var facts: [UnitFacts]
  var units: [SourceUnit]
  var program: Program
  var paths: ChildPaths
  var threads: ThreadsVerdict
  /// Why each unit was read.
  var reasons: [ReadingReason]
}

/// Reads the units of a program: all of them, or those that its child paths need.
struct ProgramReading {
  let units: [SourceUnit]
  let options: RunOptions
  let source: any UnitSource
  let catalogue: Catalogue
  let contracts: ContractRules
  var lowersEverything = false

  /// Units below this number are all read: a look at their words would cost as much.
  private static let fewUnits = 8

  func read() throws -> ReadProgram {
    if options.isExhaustive || lowersEverything || units.count <= Self.fewUnits { return try readAll() }
    return try readDemanded()
  }

  private func readAll() throws -> ReadProgram {
    let facts = try Stopwatch.shared.measure("parse") {
      try UnitReading.read(
        units, from: source, jobs: options.jobs, catalogue: catalogue, contracts: contracts,
        lowersEverything: lowersEverything)
    }
    let program = Linker.link(facts)
    return ReadProgram(
      facts: facts, units: units, program: program, paths: paths(of: program),
      threads: threads(program, facts),
      reasons: units.map { _ in .all })
  }

  private func readDemanded() throws -> ReadProgram {
    let scan = Stopwatch.shared.measure("scan") { TreeScan(units, jobs: options.jobs) }
    var growth = Stopwatch.shared.measure("choose") {
      ProgramGrowth(scan, catalogue: catalogue, names: ConcernedNames(catalogue), contracts: contracts)
    }
    var known: [Int: UnitFacts] = [:]
    while true {
      let missing = growth.wanted.filter { known[$0] == nil }
      Progress.shared.expect(missing.count)
      let read = try Stopwatch.shared.measure("parse") {
        try UnitReading.concurrently(missing.count, jobs: options.jobs) { index in
          defer { Progress.shared.note(units[missing[index]].path) }
          return try source.contents(of: units[missing[index]]).facts(.everything)
        }
      }
      for (unit, facts) in zip(missing, read) { known[unit] = facts }
      let wanted = growth.wanted
      let facts = wanted.compactMap { known[$0] }
      let program = Linker.link(facts) { growth.isElsewhere($0) }
      var paths = paths(of: program, followsParents: false)
      var grows = Stopwatch.shared.measure("choose") { growth.grow(paths.questions, catalogue: catalogue) }
      if grows { continue }
      // What parents leave behind is looked at once it is known what their children do.
      paths = self.paths(of: program)
      grows = Stopwatch.shared.measure("choose") { growth.grow(paths.questions, catalogue: catalogue) }
      if grows { continue }
      if options.threads == .auto, !paths.sites.isEmpty {
        let called = ThreadsVerdict.external(program)
        if growth.growForThreads(called, catalogue: catalogue) { continue }
      }
      return ReadProgram(
        facts: facts, units: wanted.map { units[$0] }, program: program, paths: paths,
        threads: threads(program, facts), reasons: wanted.compactMap { growth.reasons[$0] })
    }
  }

  private func paths(of program: Program, followsParents: Bool = true) -> ChildPaths {
    let platform = options.platform
    return Stopwatch.shared.measure("analyse") {
      ChildPathAnalysis.run(
        program, catalogue: catalogue, isWholeProgram: program.hasMain,
        followsWorkers: options.workers == .follow, rules: contracts, limits: Limits(effort: options.effort),
        followsParents: followsParents
      ) { entry, context in
        if case .allowed = judge(entry, context: context, platform: platform) { return true }
        return false
      }
    }
  }

  private func threads(_ program: Program, _ facts: [UnitFacts]) -> ThreadsVerdict {
    switch options.threads {
    case .auto:
      ThreadsVerdict.infer(
        program, catalogue: catalogue,
        isComplete: options.unread.isEmpty && facts.allSatisfy { $0.problem == nil },
        namesUnknown: options.isExhaustive || units.count <= Self.fewUnits)
    case .yes: ThreadsVerdict(possible: true, areCertain: true, reason: "--threads yes")
    case .no: ThreadsVerdict(possible: false, reason: "--threads no")
    }
  }
}
