import Catalogue
import Linking
import SpawnIR

/// Something that the parent held when it spawned.
public struct HeldForSpawn: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case descriptor
    case lock
    case mask
  }
  public var kind: Kind
  /// The variables that hold what the call opened, or the lock; empty where it has no name.
  public var names: [String]
  /// The call that opened, took or blocked it.
  public var from: InstructionRef

  mutating func add(_ others: [String]) { names = Set(names + others).sorted() }
}

/// Follows the parent's way through functions that spawn and their callers: what they open, take and block for
/// the child's sake, and whether they close, release and restore it on every way.
struct ParentPaths {
  struct Finding: Hashable {
    var kind: EventKind
    var at: InstructionRef
    /// Spawn calls at which it was held.
    var spawnCalls: [InstructionRef]

    mutating func add(_ calls: Set<InstructionRef>) { spawnCalls = calls.union(spawnCalls).sorted() }
  }

  private let analysis: Analysis
  /// The functions in which it was found forgotten.
  private var reported: [Holding: Set<FunctionID>] = [:]
  private var stepsLeft: Int
  private var found: [Finding] = []
  private var questions: OpenQuestions { analysis.allQuestions() }

  /// - Parameter spawners: functions with spawn calls of their own.
  static func findings(
    _ children: Analysis, spawners: [FunctionID]
  ) -> (found: [Finding], questions: OpenQuestions) {
    let use = DescriptorUse(
      children.program, flow: children.flow, graph: children.graph, catalogue: children.catalogue)
    var limits = children.limits
    limits.stepsPerRoot = limits.stepsPerParentRoot
    limits.stepsPerProgram = limits.stepsPerParents
    limits.statesPerBlock /= 2
    limits.contextsPerFunction /= 2
    limits.spawnerContextsPerFunction = limits.contextsPerFunction
    limits.parentContextsPerFunction = limits.contextsPerFunction
    limits.parentExitsPerContext = limits.exitsPerContext
    let starts = ParentStarts(analysis: children, descriptors: use).functions(above: spawners)
    if starts.isEmpty { return ([], OpenQuestions()) }
    let spawning = spawning(from: spawners, children.graph)
    var paths = ParentPaths(
      analysis: Analysis(
        followingParentsOf: children, code(from: starts, spawning, children, use), descriptors: use,
        limits: limits))
    paths.analysis.follow(only: spawning)
    // Spawning functions come first; of callers as many as the bound allows.
    for function in starts where paths.stepsLeft > 0 { paths.follow(function) }
    return (paths.found, paths.questions)
  }

  /// Functions that spawn, or call what does. Those that never return are servers; what calls them in turn comes to an
  /// end there, as it does at functions that report an error and give up, and need not be followed for their sake.
  private static func spawning(from spawners: [FunctionID], _ graph: CallGraph) -> [Bool] {
    var found = Array(repeating: false, count: graph.effects.count)
    var work = spawners
    while let function = work.popLast() {
      if found[function] { continue }
      found[function] = true
      if graph.effects[function].neverReturns { continue }
      work += graph.callers[function, default: []].map(\.caller)
    }
    return found
  }

  private static func code(
    from starts: [FunctionID], _ spawning: [Bool], _ analysis: Analysis, _ use: DescriptorUse
  ) -> ParentCode {
    let changes = analysis.program.functions.indices.map { id in
      analysis.locks.changes[id] || analysis.signals.changesMask[id] || use.touches[id]
        || spawning[id]
    }
    return ParentCode(
      from: starts, graph: analysis.graph, changes: changes, storage: use.storage, program: analysis.program
    ) { name in
      guard let entry = analysis.entry(name) else { return false }
      return !entry.descriptors.isEmpty || !entry.locks.isEmpty || !entry.signals.isEmpty
        || !entry.spawns.isEmpty
        || entry.end != nil || !entry.conditionalEnds.isEmpty
    }
  }

  private init(analysis: Analysis) {
    self.analysis = analysis
    stepsLeft = analysis.limits.stepsPerProgram
  }

  private mutating func follow(_ function: FunctionID) {
    analysis.log = ParentLog()
    // What is noted in a function that was followed before would be missed.
    analysis.memo = [:]
    let budget = min(analysis.limits.stepsPerRoot, stepsLeft)
    analysis.stepsLeft = budget
    analysis.stepsForSpawners = budget / 2
    analysis.helpersLeft = analysis.limits.helperContexts
    analysis.rootHitLimit = false
    analysis.beginRoot(function)
    analysis.contextCount = [:]
    let id = analysis.contexts.count
    analysis.contexts.append(Context(function: function))
    analysis.analyse(id, from: analysis.entryState(function), isRoot: true)
    stepsLeft -= budget - analysis.stepsLeft
    let log = analysis.log
    let trace = analysis.contexts[id].trace
    for holding in log.holdings.union(log.lost.keys).sorted(by: isBefore) {
      // Callers of a function that forgets it forget it once more.
      if let known = reported[holding], !known.isDisjoint(with: trace.callees) { continue }
      // What was not followed to its end may have given it back.
      if analysis.rootHitLimit, !holding.isDescriptor { continue }
      guard let held = described(holding) else { continue }
      let places = places(of: holding, log, trace)
      if !places.isEmpty { reported[holding, default: []].formUnion(places.map(\.function)) }
      for at in places { leak(held, at, log.spawnCalls[holding] ?? trace.spawnCalls) }
    }
    for (holding, calls) in log.inheritable.sorted(by: { isBefore($0.key, $1.key) }) {
      guard let held = described(holding) else { continue }
      open(held, calls)
    }
    for holding in log.onTheWay.sorted(by: isBefore) where holding.isDescriptor {
      guard let held = described(holding) else { continue }
      open(held, trace.spawnCalls)
    }
  }

  /// The returns at which it is forgotten: those of the innermost function that gives it back on other ways.
  private func places(of holding: Holding, _ log: ParentLog, _ trace: ParentTrace) -> [InstructionRef] {
    if log.spawnCalls[holding] != nil {
      let leaks = log.leaks(of: holding)
      let below = leaks.isEmpty ? [] : analysis.placesBelow(trace, of: holding)
      return (below.isEmpty ? Set(leaks) : below).union(log.lost[holding] ?? []).sorted()
    }
    // Free at every spawn call, but taken on the way to one.
    guard case .lock(.call(let taken)) = holding, log.onTheWay.contains(holding),
      log.holdings.contains(holding)
    else { return [] }
    let own = trace.own[.own(holding)]?.forgotten ?? []
    return own.union(analysis.placesBelow(trace, of: holding)).filter { $0.function == taken.function }
      .sorted()
  }

  private mutating func leak(_ held: HeldForSpawn, _ at: InstructionRef, _ calls: Set<InstructionRef>) {
    for index in found.indices where found[index].at == at {
      guard case .leaks(var other) = found[index].kind, other.kind == held.kind, other.from == held.from
      else {
        continue
      }
      other.add(held.names)
      found[index].kind = .leaks(other)
      found[index].add(calls)
      return
    }
    found.append(Finding(kind: .leaks(held), at: at, spawnCalls: calls.sorted()))
  }

  private mutating func open(_ held: HeldForSpawn, _ calls: Set<InstructionRef>) {
    for index in found.indices where found[index].at == held.from {
      guard case .inheritable(var other) = found[index].kind else { continue }
      other.add(held.names)
      found[index].kind = .inheritable(other)
      found[index].add(calls)
      return
    }
    found.append(Finding(kind: .inheritable(held), at: held.from, spawnCalls: calls.sorted()))
  }

  private func isBefore(_ left: Holding, _ right: Holding) -> Bool {
    func key(_ holding: Holding) -> (Int, InstructionRef, Int32) {
      let nowhere = InstructionRef(function: 0, block: 0, index: 0)
      switch holding {
      case .descriptor(let opened, let part): return (0, place(opened) ?? nowhere, part)
      case .lock(.call(let ref)): return (1, ref, 0)
      case .lock: return (2, nowhere, 0)
      case .mask(let raised): return (3, place(raised) ?? nowhere, 0)
      }
    }
    return key(left) < key(right)
  }

  private func place(_ number: Int32) -> InstructionRef? { analysis.instruction(numbered: number) }

  private func described(_ holding: Holding) -> HeldForSpawn? {
    switch holding {
    case .descriptor(let opened, _):
      guard let from = place(opened) else { return nil }
      return HeldForSpawn(
        kind: .descriptor, names: analysis.descriptorNames[holding].map { [$0] } ?? [], from: from)
    case .lock(let origin):
      guard case .call(let from) = origin else { return nil }
      return HeldForSpawn(kind: .lock, names: analysis.lockNames[origin].map { [$0] } ?? [], from: from)
    case .mask(let raised): return place(raised).map { HeldForSpawn(kind: .mask, names: [], from: $0) }
    }
  }
}

extension Holding {
  var isDescriptor: Bool {
    if case .descriptor = self { return true }
    return false
  }
}

extension ChildPathAnalysis {
  /// What the parent does wrong, as observations at the spawn calls that it concerns.
  static func parentObservations(
    _ findings: [ParentPaths.Finding], sites: [SpawnSiteFacts]
  ) -> [Observation] {
    var index: [InstructionRef: Int] = [:]
    for (number, site) in sites.enumerated() { index[site.at] = number }
    return findings.flatMap { finding in
      finding.spawnCalls.compactMap { call in
        index[call].map { site in
          Observation(
            site: site, start: sites[site].start, begins: nil, context: .fork, kind: finding.kind,
            at: finding.at, place: finding.at, childOf: finding.at.function, comesBackTo: [], entered: nil,
            way: [])
        }
      }
    }
  }
}
