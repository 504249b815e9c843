import Catalogue
import Linking
import SpawnIR

/// Where analyses start: spawning functions from an unknown entry, and callers where their
/// guarantees, or the child's return into them, matter.
struct Roots {
  struct Root: Hashable {
    var function: FunctionID
    var context: Int
    /// The child's return is followed in the known callers, so it is no leave here.
    var continuesInCallers: Bool
    /// There are callers into which the child may return.
    var hasCallers = false
    /// The function is entered in the child of this site.
    var contract: SiteID?
    /// The function whose spawn calls are followed; nil: all.
    var focus: FunctionID?
  }

  private let analysis: Analysis
  private let isHarmless: (Event) -> Bool
  private let isWholeProgram: Bool
  private let followsWorkers: Bool
  /// What callers guarantee does not matter to a function that only hands over what is settled; as a
  /// caller of others it is looked at anew.
  private struct Key: Hashable {
    var function: FunctionID
    var isCaller: Bool
    /// Its callers are not looked at.
    var isTop: Bool
  }

  /// One function on the way up from another.
  private struct Step: Hashable {
    var function: FunctionID
    var origin: FunctionID
  }

  private var done: [Step: [Root]] = [:]
  private var contexts: [Key: Int] = [:]
  private var stepsLeft: Int
  /// The function whose spawn calls have their turn.
  private var focus: FunctionID?

  init(
    _ analysis: Analysis, isWholeProgram: Bool, followsWorkers: Bool, isHarmless: @escaping (Event) -> Bool
  ) {
    self.analysis = analysis
    self.isWholeProgram = isWholeProgram
    self.followsWorkers = followsWorkers
    stepsLeft = analysis.limits.stepsPerProgram
    self.isHarmless = isHarmless
  }

  /// - Parameter contracts: functions that a child may call by their own promise.
  mutating func find(spawners: [FunctionID], contracts: [Contract]) -> [Root] {
    var all: [Root] = []
    for contract in contracts { all.append(promised(contract)) }
    analysis.follow(unsettled(among: spawners))
    for function in spawners {
      focus = function
      done = [:]
      contexts = [:]
      for var root in climb(function, path: []) where !all.contains(where: { $0.context == root.context }) {
        root.focus = function
        all.append(root)
      }
    }
    // Another function's child may be what comes here: its turn may have been later.
    for index in all.indices where all[index].hasCallers && !all[index].continuesInCallers {
      all[index].continuesInCallers = isMetElsewhere(all[index].function, all[index].context)
    }
    return all
  }

  /// The function was entered from a caller, and its child returned there.
  private func isMetElsewhere(_ function: FunctionID, _ context: Int) -> Bool {
    analysis.contexts.indices.contains { other in
      other != context && analysis.contexts[other].function == function
        && analysis.contexts[other].events.elements.contains { $0.kind == .leaves }
    }
  }

  private func key(_ function: FunctionID, path: [FunctionID]) -> Key {
    Key(
      function: function, isCaller: !path.isEmpty && !analysis.graph.effects[function].reachesSpawn,
      isTop: path.count >= analysis.limits.callerDepth || analysis.graph.callers[function] == nil)
  }

  /// Functions that only hand over, and whose children may do what callers decide about.
  private mutating func unsettled(among spawners: [FunctionID]) -> Set<FunctionID> {
    var result: Set<FunctionID> = []
    for function in spawners where !analysis.graph.effects[function].reachesSpawn {
      focus = function
      contexts = [:]
      let context = context(of: function, path: [])
      if !childEvents(from: context, path: []).allSatisfy(isHarmless) { result.insert(function) }
    }
    return result
  }

  private mutating func context(of function: FunctionID, path: [FunctionID]) -> Int {
    let key = key(function, path: path)
    if let known = contexts[key] { return known }
    if let focus { analysis.setFocus(focus, level: path.count) }
    let context = run(
      function, isCaller: !path.isEmpty, from: analysis.entryState(function, isTop: key.isTop))
    contexts[key] = context
    return context
  }

  /// The child goes on in the root's callers.
  func returnsInChild(_ root: Root) -> Bool {
    analysis.contexts[root.context].events.elements.contains { $0.kind == .leaves || $0.kind == .vforkReturn }
  }

  private func isPointer(_ event: Event) -> Bool {
    if case .pointer = event.kind { return true }
    return false
  }

  /// In a child of which nothing else is known.
  private mutating func promised(_ contract: Contract) -> Root {
    let function = contract.function
    let site = analysis.site(
      SpawnSite(
        at: InstructionRef(function: function, block: -1, index: InstructionRef.terminator),
        name: analysis.program.functions[function].name, start: .contract(contract.reason)))
    let role = RoleTag(origin: .inherited(0), context: .fork)
    let context = run(function, isCaller: false, from: State(roles: [role]))
    analysis.contexts[context].spawned.insert(site)
    return Root(function: function, context: context, continuesInCallers: false, contract: site)
  }

  private mutating func climb(_ function: FunctionID, path: [FunctionID]) -> [Root] {
    let step = Step(function: function, origin: path.first ?? function)
    if let known = done[step] { return known }
    let context = context(of: function, path: path)
    let own = Root(function: function, context: context, continuesInCallers: false)
    let events = childEvents(from: context, path: path)
    let childReturns = analysis.contexts[context].events.elements.contains { $0.kind == .leaves }
    if childReturns, path.isEmpty, isWorkerForGood(context, events) { return [own] }
    let callers = Set(analysis.graph.callers[function, default: []].map(\.caller))
      .subtracting(path + [function]).sorted()
    var result = [own]
    if path.count < analysis.limits.callerDepth, childReturns || !events.allSatisfy(isHarmless) {
      analysis.noteCallers(of: function)
    }
    if path.isEmpty, !reachableSites(from: context).isDisjoint(with: analysis.suspendingSites) {
      analysis.noteSituations(above: function)
    }
    if !callers.isEmpty, path.count < analysis.limits.callerDepth {
      let name = analysis.program.functions[function].name
      let callersAreKnown =
        (analysis.program.names[name].isStatic || isWholeProgram)
        && !analysis.program.names(of: function).contains(where: analysis.flow.addressTaken.contains)
      let mayBlock = callersMayBlockSignals(function, path)
      let isClean =
        !childReturns && events.allSatisfy { isHarmless($0) || (!mayBlock && $0.kind.isAboutSignals) }
      if !isClean, callersAreKnown {
        result = callers.flatMap { climb($0, path: path + [function]) }
        // A site that no caller's analysis reaches keeps the one from an unknown entry.
        let reached = result.reduce(into: Set<SiteID>()) { $0.formUnion(reachableSites(from: $1.context)) }
        if !reached.isSuperset(of: reachableSites(from: context)) {
          result.append(
            Root(function: function, context: context, continuesInCallers: false, hasCallers: childReturns))
        }
      } else if childReturns || waitsUnderLocks(function, context, path) {
        let above = callers.flatMap { climb($0, path: path + [function]) }
        // Where the child returns to no known caller, it returns to the unknown ones.
        let continues = isMetElsewhere(function, context)
        result =
          [Root(function: function, context: context, continuesInCallers: continues, hasCallers: true)]
          + above
      } else if events.contains(where: isPointer) {
        // Callers from outside hand in what they like; those that are known tell more.
        result += callers.flatMap { climb($0, path: path + [function]) }
      }
    }
    done[step] = result
    return result
  }

  /// The child returns into callers that cannot tell it from its parent, because that never returns there, and does
  /// nothing before on which callers decide: nobody follows it further.
  private func isWorkerForGood(_ context: Int, _ events: [Event]) -> Bool {
    if followsWorkers || analysis.contexts[context].isPartial || analysis.contexts[context].parentReturns {
      return false
    }
    if !analysis.entryLocks(analysis.contexts[context].function).isEmpty { return false }
    return events.allSatisfy { event in
      switch event.kind {
      case .external(let name):
        guard let entry = analysis.entry(name) else { return true }
        return entry.end != .exec && entry.forkProtocol == nil && entry.locks.isEmpty
      case .unknown, .pointer, .tooManyTargets, .assembly, .leaves, .longjmp, .limit, .settled: return true
      default: return false
      }
    }
  }

  /// The thread is suspended at a spawn call, and callers may hold locks then.
  private func waitsUnderLocks(_ function: FunctionID, _ context: Int, _ path: [FunctionID]) -> Bool {
    guard !reachableSites(from: context).isDisjoint(with: analysis.suspendingSites) else { return false }
    var level: Set<FunctionID> = [function]
    var seen = level.union(path)
    for _ in path.count..<analysis.limits.callerDepth {
      var next: Set<FunctionID> = []
      for callee in level {
        for caller in analysis.graph.callers[callee, default: []].map(\.caller)
        where seen.insert(caller).inserted {
          if analysis.locks.touches[caller] || !analysis.entryLocks(caller).isEmpty { return true }
          next.insert(caller)
        }
      }
      level = next
    }
    return !analysis.locksAbove.locks(at: function).isEmpty
  }

  /// A caller may have changed the signal mask before its thread comes here.
  private func callersMayBlockSignals(_ function: FunctionID, _ path: [FunctionID]) -> Bool {
    guard analysis.tracksSignals else { return false }
    var level: Set<FunctionID> = [function]
    var seen = level.union(path)
    for _ in path.count..<analysis.limits.callerDepth {
      var next: Set<FunctionID> = []
      for callee in level {
        for caller in analysis.graph.callers[callee, default: []].map(\.caller)
        where seen.insert(caller).inserted {
          if analysis.signals.changesMaskBeforeSpawn(caller, analysis.graph) { return true }
          next.insert(caller)
        }
      }
      level = next
    }
    return false
  }

  private mutating func run(_ function: FunctionID, isCaller: Bool, from entry: State) -> Int {
    let id = analysis.contexts.count
    analysis.contexts.append(Context(function: function, entryRoles: entry.roles))
    // Every spawning function has its full share; callers divide what is left of the program's.
    let share = analysis.limits.stepsPerRoot
    let budget = isCaller ? max(min(share, stepsLeft), share / 10) : share
    analysis.stepsLeft = budget
    analysis.stepsForSpawners = budget / 2
    analysis.helpersLeft = analysis.limits.helperContexts
    analysis.rootHitLimit = false
    analysis.beginRoot(function)
    analysis.contextCount = [:]
    analysis.analyse(id, from: entry, isRoot: true)
    analysis.contexts[id].hitLimit = analysis.rootHitLimit
    stepsLeft -= budget - analysis.stepsLeft
    return id
  }

  /// Spawn calls executed below a context.
  func reachableSites(from start: Int) -> Set<SiteID> {
    var seen: Set<Int> = [start]
    var work = [start]
    var sites: Set<SiteID> = []
    while let id = work.popLast() {
      sites.formUnion(analysis.contexts[id].spawned)
      for edge in analysis.contexts[id].edges.elements where seen.insert(edge.target).inserted {
        work.append(edge.target)
      }
    }
    return sites
  }

  /// What children do that are made in the context's function, or in the functions through which it was
  /// reached: others have roots of their own.
  private func childEvents(from start: Int, path: [FunctionID]) -> [Event] {
    var seen: Set<Int> = [start]
    var work = [start]
    var events: [Event] = []
    while let id = work.popLast() {
      events += analysis.contexts[id].events.elements
      for edge in analysis.contexts[id].edges.elements {
        let isOnTheWay = path.contains(analysis.contexts[edge.target].function)
        guard !edge.roles.isEmpty || isOnTheWay, seen.insert(edge.target).inserted else { continue }
        work.append(edge.target)
      }
    }
    return events
  }
}
