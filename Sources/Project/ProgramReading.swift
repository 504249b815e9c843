import Catalogue
import Checks
import ChildPath
import Foundation
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
  var reasons: [ReadingCause]
  /// Units that were only asked whether the program creates threads.
  var askedForThreads: [SourceUnit] = []
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
    if options.isExhaustive || lowersEverything || isSmall { return try readAll() }
    return try readDemanded() ?? readAll()
  }

  private func readAll() throws -> ReadProgram {
    let facts = try Stopwatch.shared.measure("parse") {
      try UnitReading.read(
        units, from: source, jobs: options.jobs, catalogue: catalogue, contracts: contracts,
        lowersEverything: lowersEverything)
    }
    let program = Linker.link(facts, places: units.map(\.linkPlace))
    return ReadProgram(
      facts: facts, units: units, program: program,
      paths: paths(of: program, limits: Limits(effort: options.effort)),
      threads: threads(program, facts),
      reasons: units.map { _ in ReadingCause(reason: .all) })
  }

  private var isSmall: Bool {
    if units.count <= Self.fewUnits { return true }
    var bytes = 0
    for unit in units {
      bytes += unit.contents?.utf8.count ?? Self.size(of: unit.path)
      if bytes >= options.need.leastBytes { return false }
    }
    return true
  }

  private static func size(of path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }

  /// Nil where so much is needed that all may as well be read.
  private func readDemanded() throws -> ReadProgram? {
    let scan = Stopwatch.shared.measure("scan") { TreeScan(units, jobs: options.jobs) }
    var growth = Stopwatch.shared.measure("choose") {
      ProgramGrowth(scan, catalogue: catalogue, names: ConcernedNames(catalogue), contracts: contracts)
    }
    let remembered = source.memory?.needed(of: units)
    growth.remember(remembered?.units ?? [])
    let places = units.map(\.linkPlace)
    var known: [Int: UnitFacts] = [:]
    var isSettled = false
    while true {
      if Double(growth.wanted.count) > options.need.mostUnits * Double(units.count) { return nil }
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
      let program = Linker.link(facts, places: wanted.map { places[$0] }) { name in
        growth.elsewhere(name).map { places[$0] }
      }
      // As long as much is unknown, most of what can be said is a guess.
      let isFirstLook = !isSettled && missing.count * 10 > wanted.count
      isSettled = false
      var grows = false
      let limits = Limits(effort: options.effort)
      let paths = paths(of: program, limits: isFirstLook ? limits.small : limits) { questions in
        grows = growth.grow(questions, catalogue: catalogue)
        return !grows && !isFirstLook
      }
      if grows { continue }
      if isFirstLook {
        isSettled = true
        continue
      }
      if growth.grow(paths.questions, catalogue: catalogue) { continue }
      source.memory?.store(remembered?.replaced(by: wanted) ?? NeededUnits(wanted), of: units)
      let external = ThreadsVerdict.external(program)
      let more = options.threads == .auto ? try lookForThreads(&growth, besides: external) : []
      return ReadProgram(
        facts: facts, units: wanted.map { units[$0] }, program: program, paths: paths,
        threads: threads(program, facts, external: Set(external).union(more).sorted()),
        reasons: wanted.compactMap { growth.reasons[$0] },
        askedForThreads: growth.lookedAtForThreads.sorted().map { units[$0] })
    }
  }

  /// What other units call that decides whether there are threads: they are read, but not a part of what child paths
  /// need.
  private func lookForThreads(_ growth: inout ProgramGrowth, besides external: [String]) throws -> Set<String>
  {
    var more: Set<String> = []
    while true {
      let next = Stopwatch.shared.measure("choose") {
        growth.unitsForThreads(besides: external + more.sorted(), catalogue: catalogue)
      }
      if next.isEmpty { return more }
      let mentioned = try Stopwatch.shared.measure("parse") {
        try UnitReading.concurrently(next.count, jobs: options.jobs) { index in
          ThreadsVerdict.mentioned(try source.contents(of: units[next[index]]).skim).map(\.name)
        }
      }
      for name in mentioned.joined() where !growth.scan.defines(name) { more.insert(name) }
    }
  }

  /// - Parameter goesOn: as `ChildPathAnalysis.run` asks.
  private func paths(
    of program: Program, limits: Limits, goesOn: (OpenQuestions) -> Bool = { _ in true }
  ) -> ChildPaths {
    let platform = options.platform
    return Stopwatch.shared.measure("analyse") {
      ChildPathAnalysis.run(
        program, catalogue: catalogue, isWholeProgram: program.hasMain,
        followsWorkers: options.workers == .follow, rules: contracts, limits: limits, goesOn: goesOn
      ) { entry, context in
        if case .allowed = judge(entry, context: context, platform: platform) { return true }
        return false
      }
    }
  }

  /// - Parameter external: functions without a body that anything calls; nil: those that the program tells.
  private func threads(_ program: Program, _ facts: [UnitFacts], external: [String]? = nil) -> ThreadsVerdict
  {
    switch options.threads {
    case .auto:
      ThreadsVerdict.infer(
        program, external: external ?? ThreadsVerdict.external(program), catalogue: catalogue,
        isComplete: options.unread.isEmpty && facts.allSatisfy { $0.problem == nil },
        namesUnknown: units.count <= Self.fewUnits)
    case .yes: ThreadsVerdict(possible: true, areCertain: true, reason: "--threads yes")
    case .no: ThreadsVerdict(possible: false, reason: "--threads no")
    }
  }
}
