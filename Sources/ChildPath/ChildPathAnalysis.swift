import Catalogue
import Linking
import SpawnIR

/// Follows every child path of a program.
public enum ChildPathAnalysis {
  /// - Parameters:
  ///   - isWholeProgram: every caller of an external function is part of `program`.
  ///   - followsWorkers: go on after a child has left its spawning function.
  ///   - rules: which functions a child may call, whoever calls them.
  ///   - goesOn: whether to look also at what parents leave behind, when what children do left these questions.
  ///   - isAllowed: whether a call of that catalogue entry is allowed in that kind of child; where
  ///     nothing else happens in a child, callers need not be looked at.
  public static func run(
    _ program: Program, catalogue: Catalogue, isWholeProgram: Bool, followsWorkers: Bool,
    rules: ContractRules = .none, limits: Limits = Limits(),
    goesOn: (OpenQuestions) -> Bool = { _ in true },
    isAllowed: @escaping (Entry, ChildContext) -> Bool
  ) -> ChildPaths {
    guard mentionsSpawn(program, catalogue) || rules.mayHold(in: program) else {
      return ChildPaths(sites: [], observations: [])
    }
    let analysis = Analysis(
      program: program, catalogue: catalogue, isWholeProgram: isWholeProgram, rules: rules,
      limits: limits, isAllowed: isAllowed)
    var spawners: [FunctionID] = []
    for id in program.functions.indices where !directSpawns(in: id, analysis).isEmpty { spawners.append(id) }
    let contracts = analysis.contracts
    if spawners.isEmpty, contracts.isEmpty { return ChildPaths(sites: [], observations: []) }
    var roots = Roots(analysis, isWholeProgram: isWholeProgram, followsWorkers: followsWorkers) { event in
      guard case .external(let name) = event.kind, let entry = analysis.entry(name) else { return false }
      return event.roles.allSatisfy { isAllowed(entry, $0.context) }
    }
    let starts = roots.find(spawners: spawners, contracts: contracts)
    var entered: Set<FunctionID> = []
    for context in analysis.contexts {
      for edge in context.edges.elements where !edge.roles.isEmpty {
        entered.insert(analysis.contexts[edge.target].function)
      }
    }
    let childOnly = ChildOnly(analysis, entered: entered, contracts: contracts.map(\.function))
    var traversal = Traversal(analysis, childOnly: childOnly.functions, followsWorkers: followsWorkers)
    let observations = traversal.observations(from: starts)
    var reached: Set<SiteID> = []
    var limited: Set<SiteID> = []
    for root in starts {
      let below = roots.reachableSites(from: root.context)
      reached.formUnion(below)
      if analysis.contexts[root.context].hitLimit {
        limited.formUnion(below.filter { isConcerned(root, $0, analysis) })
      }
    }
    // From an unknown entry all is seen that callers could bring about.
    for root in starts where !analysis.contexts[root.context].hitLimit && !roots.returnsInChild(root) {
      limited = limited.filter { analysis.sites[Int($0)].at.function != root.function }
    }
    var sites = sites(analysis, spawners, observations)
    let cutShort = Set(starts.filter { analysis.contexts[$0.context].hitLimit }.map(\.function))
    for index in sites.indices {
      if index < analysis.sites.count {
        sites[index].isUnreached = !reached.contains(SiteID(index))
        sites[index].isLimited = limited.contains(SiteID(index))
        sites[index].goesOn = traversal.passedOver.contains(SiteID(index))
      }
      if sites[index].isUnreached, cutShort.contains(sites[index].at.function) {
        sites[index].isUnreached = false
        sites[index].isLimited = true
      }
    }
    var paths = ChildPaths(sites: sites, observations: observations)
    paths.childCode.functions = childOnly.functions
    for (function, blocks) in analysis.childBlocks {
      let shared = analysis.sharedBlocks[function] ?? []
      paths.childCode.own[function] = blocks.subtracting(shared)
      paths.childCode.shared[function] = blocks.intersection(shared)
    }
    paths.handlers = analysis.handlers
    note(childOnly, on: observations, analysis)
    for function in spawners {
      analysis.questions.spawners.insert(program.names[program.functions[function].name].text)
    }
    analysis.questions.handlers = analysis.tracksSignals
    let asked = traversal.questions()
    analysis.note(asked.all)
    for name in asked.workers.calls where !program.names[name].isStatic {
      analysis.questions.workerCalls.insert(program.names[name].text)
    }
    paths.questions.add(analysis.allQuestions())
    if goesOn(paths.questions) {
      let parents = ParentPaths.findings(analysis, spawners: spawners)
      paths.observations += parentObservations(parents.found, sites: sites)
      paths.questions.add(parents.questions)
    }
    return paths
  }

  /// Where a child does something of interest, the place depends on who else mentions the functions on the way.
  private static func note(_ childOnly: ChildOnly, on observations: [Observation], _ analysis: Analysis) {
    for observation in observations {
      if case .external(let name) = observation.kind, let entry = analysis.entry(name),
        analysis.isAllowed(entry, observation.context)
      {
        continue
      }
      for function in observation.way.map(\.function) + [observation.at.function]
      where childOnly.functions.contains(function) {
        let name = analysis.program.names[analysis.program.functions[function].name]
        if !name.isStatic { analysis.questions.childOnly.insert(name.text) }
      }
    }
  }

  /// The root's own spawn calls have their turn in it; others have roots of their own. A caller that does not know
  /// its child is not where a child path goes on: the child was seen to leave it like its parent, for before that
  /// nobody can tell what a bound kept from sight.
  private static func isConcerned(_ root: Roots.Root, _ site: SiteID, _ analysis: Analysis) -> Bool {
    guard let focus = root.focus else { return true }
    guard analysis.sites[Int(site)].at.function == focus else { return false }
    let leaves = analysis.contexts[root.context].events.elements.contains { $0.kind == .leaves }
    return root.function == focus || !leaves
      || analysis.comers.testedSites(in: root.function, analysis).contains(site)
  }

  /// Whether any name in the program is a spawn function; most programs stop here.
  private static func mentionsSpawn(_ program: Program, _ catalogue: Catalogue) -> Bool {
    program.names.contains { name in
      guard name.bodies.isEmpty, let entry = catalogue.entry(for: name) else { return false }
      return !entry.spawns.isEmpty || !entry.childEntries.isEmpty
    }
  }

  private static func directSpawns(in id: FunctionID, _ analysis: Analysis) -> [(CallSite, FunctionNameID)] {
    var found: [(CallSite, FunctionNameID)] = []
    for (blockIndex, block) in analysis.body(id).blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(let call) = instruction.kind else { continue }
        let names = analysis.program.targets(of: call, function: id, flow: analysis.flow)
        let spawning = names.first { name in
          analysis.bodies(name).isEmpty
            && analysis.entry(name)?.mayStartChild(call, architecture: analysis.architecture) == true
        }
        if let spawning {
          found.append((CallSite(caller: id, block: blockIndex, instruction: index), spawning))
        }
      }
    }
    return found
  }

  private static func sites(
    _ analysis: Analysis, _ spawners: [FunctionID], _ observations: [Observation]
  ) -> [SpawnSiteFacts] {
    var facts = analysis.sites.map {
      SpawnSiteFacts(
        at: $0.at, name: $0.name, shown: $0.shown, start: $0.start, contexts: [], isUnreached: false,
        isLimited: false)
    }
    for observation in observations { facts[observation.site].contexts.insert(observation.context) }
    let known = Set(facts.map(\.at))
    for id in spawners {
      for (site, name) in directSpawns(in: id, analysis) {
        let at = InstructionRef(function: id, block: site.block, index: site.instruction)
        guard !known.contains(at) else { continue }
        guard let start = unreachedStart(at, name, analysis) else { continue }
        facts.append(
          SpawnSiteFacts(
            at: at, name: name, shown: nil, start: start, contexts: [], isUnreached: true, isLimited: false))
      }
    }
    return facts
  }

  /// Nil where the call may be no spawn call at all.
  private static func unreachedStart(
    _ at: InstructionRef, _ name: FunctionNameID, _ analysis: Analysis
  ) -> SiteStart? {
    guard let entry = analysis.entry(name) else { return nil }
    if entry.spawns.contains(where: { $0.whenArgument == nil }) {
      return entry.spawns.allSatisfy { $0.kind == .flags } ? nil : .call
    }
    // Where the call was seen, it handed over null.
    guard let start = entry.childEntries.first, !analysis.handOvers.contains(at) else { return nil }
    return .entry(start)
  }
}
