import Catalogue
import ChildPath
import Linking
import SpawnIR

/// Turns observations into findings and verdicts.
public struct Assessment {
  public struct Outcome: Sendable {
    public var findings: [Finding]
    public var suppressed: [SuppressedFinding]
    public var sites: [SiteReport]
    public var hiddenSingleThreaded: Int
    /// The decisions that something was found for.
    public var usedAllowances: Set<Allowance>
  }

  /// One observation with what is wrong about it.
  struct Case {
    var observation: Observation
    var diagnosis: Diagnosis
    var level: Level
    var treatment: Treatment

    var isReported: Bool {
      if case .report = treatment { return true }
      return false
    }
  }

  let paths: ChildPaths
  let inputs: CheckInputs
  let places: Places
  let threadsPossible: Bool
  let followsWorkers: Bool
  /// Units that were not understood completely, by index.
  let incompleteUnits: Set<Int>
  /// Nil: everything is reported at its own level.
  let policy: (any FindingPolicy)?
  /// Sites come with a picture of what their children execute.
  let drawsGraphs: Bool

  public static func assess(
    _ paths: ChildPaths, program: Program, catalogue: Catalogue, platform: Platform,
    threads: ThreadsVerdict, followsWorkers: Bool, policy: (any FindingPolicy)? = nil,
    drawsGraphs: Bool = false
  ) -> Outcome {
    let incomplete = program.units.indices.filter { program.units[$0].problem != nil }
    let assessment = Assessment(
      paths: paths,
      inputs: CheckInputs(
        program: program, catalogue: catalogue, platform: platform, handlers: paths.handlers,
        threadsAreCertain: threads.areCertain),
      places: Places(program: program), threadsPossible: threads.possible, followsWorkers: followsWorkers,
      incompleteUnits: Set(incomplete), policy: policy, drawsGraphs: drawsGraphs)
    return assessment.run()
  }

  private func run() -> Outcome {
    var cases: [Case] = []
    var hidden: Set<Location.Start> = []
    var used: Set<Allowance> = []
    var evidence = paths.sites.map { site in
      var evidence = Evidence()
      evidence.note(site.at.function, inputs, incompleteUnits)
      return evidence
    }
    var workersOf: [Set<FunctionID>] = []
    for index in paths.sites.indices {
      let observations = paths.observations.filter { $0.site == index }
      var found: [Case] = []
      let workers = Workers(paths.sites[index], observations, inputs)
      let leaving = Set(observations.filter { $0.kind == .leaves }.map(\.childOf))
        .intersection(workers.functions)
      for observation in observations {
        let isWorker = !followsWorkers && workers.functions.contains(observation.childOf)
        // What it calls besides is the rest of the program, and how far it was followed tells nothing.
        if isWorker, leaving.contains(observation.childOf), !observation.kind.isParents {
          evidence[index].goesOn = true
        } else {
          evidence[index].note(observation, inputs, incompleteUnits)
        }
        if isOtherwise(observation.kind, isWorker: workers.functions.contains(observation.childOf)) {
          continue
        }
        if isDoubtful(observation) { continue }
        guard let diagnosis = CheckRegistry.diagnose(observation, inputs) else { continue }
        let item = decided(observation, diagnosis)
        if case .allowed(let allowances) = item.treatment { used.formUnion(allowances) }
        if isHarmlessWithOneThread(diagnosis, observation) {
          if item.isReported { hidden.insert(places.location(observation.place).start) }
          evidence[index].assumptions.insert("single-threaded")
          continue
        }
        found.append(item)
      }
      let all = found
      found.removeAll { isExplained($0, by: all) }
      workersOf.append(workers.functions)
      cases += followsWorkers ? found : workers.folded(found, places)
    }
    for item in cases { evidence[item.observation.site].note(item) }
    let reported = cases.filter(\.isReported)
    let builder = FindingBuilder(places: places, paths: paths, inputs: inputs, workers: workersOf)
    let findings = builder.findings(reported)
    let sites = paths.sites.indices.map { index in
      let own = reported.filter { $0.observation.site == index }
      var report = report(index, evidence[index], own)
      if drawsGraphs { report.graph = graph(index, own, builder) }
      return report
    }
    let shown = Set(findings.map(\.location.start))
    return Outcome(
      findings: findings, suppressed: builder.suppressed(cases),
      sites: sites.sorted { $0.location < $1.location },
      hiddenSingleThreaded: hidden.subtracting(shown).count, usedAllowances: used)
  }

  private func graph(_ index: Int, _ cases: [Case], _ builder: FindingBuilder) -> ChildCallGraph {
    let reported = Dictionary(
      cases.map { ($0.observation, $0) }, uniquingKeysWith: { $0.level < $1.level ? $1 : $0 })
    var graph = ChildCallGraphBuilder(paths.sites[index], places: places)
    for observation in paths.observations where observation.site == index {
      let item = reported[observation]
      let worst = item.map { ($0.level, $0.diagnosis.check) }
      if observation.kind.concernsSpawnCall {
        // Its way is the parent's.
        if let item, let worst { graph.add(item.diagnosis.reason, at: observation.place, worst: worst) }
        continue
      }
      let callee = builder.called(observation)
      if observation.kind.isParents {
        if let item, let worst {
          let label = callee.map { "the parent's \($0)" } ?? item.diagnosis.reason
          graph.add(label, at: observation.at, worst: worst)
        }
        continue
      }
      graph.add(
        observation, label: callee ?? item?.diagnosis.reason, isCall: callee != nil, worst: worst)
    }
    return graph.graph.sorted()
  }

  /// The case as the user wants it treated.
  private func decided(_ observation: Observation, _ diagnosis: Diagnosis) -> Case {
    let level = Level(diagnosis.certainty)
    let treatment =
      policy?.treatment(
        of: diagnosis.check, level: level, at: places.policyPlace(observation.place),
        cause: places.policyPlace(observation.at)) ?? .report(level)
    var shown = level
    if case .report(let wanted) = treatment { shown = wanted }
    return Case(observation: observation, diagnosis: diagnosis, level: shown, treatment: treatment)
  }

  /// Async-signal-safety is about other threads' locks; ending and leaving are about this process, and
  /// unknown code may do both.
  private func isHarmlessWithOneThread(_ diagnosis: Diagnosis, _ observation: Observation) -> Bool {
    // Who promises to be safe does so for every program.
    guard !threadsPossible, observation.context != .vfork, !observation.start.isContract else {
      return false
    }
    let stay: Set<String> = [
      ChildExit.id, ChildLeaves.id, ChildLongjmp.id, UnknownCall.id, ChildCallback.id, LockAcrossFork.id,
      PythonForkProtocol.id, PythonCallbackInSubinterpreter.id, FdLeak.id, LockLeak.id, SignalMaskLeak.id,
    ]
    return !stay.contains(diagnosis.check)
  }

  /// That something is missing in the child or behind it tells nothing where code was not understood.
  private func isDoubtful(_ observation: Observation) -> Bool {
    switch observation.kind {
    case .leaves, .vforkReturn, .leaks:
      let functions = [observation.at.function, observation.childOf] + observation.way.map(\.function)
      return functions.contains(where: hasLostCode)
    default: return false
    }
  }

  private func hasLostCode(_ function: FunctionID) -> Bool {
    guard incompleteUnits.contains(inputs.program.functions[function].unit) else { return false }
    return inputs.program.functions[function].body.blocks.contains { block in
      block.instructions.contains { instruction in
        guard case .call(let call) = instruction.kind else { return false }
        return call.callee == .direct(.lost)
      }
    }
  }

  /// A call that is not allowed for another reason needs no second one: one cause, one check.
  private func isExplained(_ item: Case, by others: [Case]) -> Bool {
    item.diagnosis.check == VforkWritesParent.id
      && others.contains {
        $0.observation.at == item.observation.at && $0.diagnosis.check != VforkWritesParent.id
      }
  }

  /// What is all right in one kind of child: a child that goes on with a runtime has made it usable for that,
  /// and the data of an inherited lock is nothing to a child that execs.
  private func isOtherwise(_ kind: EventKind, isWorker: Bool) -> Bool {
    switch kind {
    case .readied: isWorker
    case .guardedUse: !isWorker
    default: false
    }
  }

  private func report(_ index: Int, _ evidence: Evidence, _ cases: [Case]) -> SiteReport {
    let site = paths.sites[index]
    var reasons = evidence.reasons
    if evidence.goesOn || site.goesOn {
      reasons.insert("the child goes on in its parent's code")
    } else if site.isLimited {
      reasons.insert("a bound of the analysis was reached")
    }
    if site.isUnreached { reasons.insert("no path through the function reaches the call") }
    let verdict: Verdict
    if cases.contains(where: { $0.level >= .warning }) {
      verdict = .violations
    } else if !reasons.isEmpty
      || cases.contains(where: { [UnknownCall.id, ChildCallback.id].contains($0.diagnosis.check) })
    {
      verdict = .unproven
    } else {
      verdict = .verified
    }
    return SiteReport(
      location: places.location(site.at), function: places.function(site.at),
      call: site.call(in: inputs.program), verdict: verdict,
      assumes: evidence.assumptions.sorted(),
      externalCalls: evidence.calls.sorted(), reasons: reasons.sorted())
  }
}

/// What speaks for or against a site beside its findings.
private struct Evidence {
  var calls: Set<String> = []
  var reasons: Set<String> = []
  /// Some child leaves and goes on as a worker: it has no end that could be shown.
  var goesOn = false
  /// What a verdict rests on beside the code.
  var assumptions: Set<String> = []

  /// What the user decided takes part in the verdict, so it is told with it.
  mutating func note(_ item: Assessment.Case) {
    let check = item.diagnosis.check
    switch item.treatment {
    case .allowed(let allowances):
      for allowance in allowances {
        assumptions.insert("\(check) allowed at \(allowance.location.file):\(allowance.location.line)")
      }
    case .off: assumptions.insert("\(check) switched off")
    case .report(let level):
      if level < .warning, Level(item.diagnosis.certainty) >= .warning {
        assumptions.insert("\(check) lowered to \(level.rawValue)")
      }
    }
  }

  mutating func note(_ observation: Observation, _ inputs: CheckInputs, _ incomplete: Set<Int>) {
    switch observation.kind {
    case .external(let name), .longjmp(let name), .settled(let name), .readied(let name):
      let text = inputs.program.names[name].text
      calls.insert(inputs.catalogue.entry(named: text)?.name ?? text)
    case .unknown(let name): calls.insert(inputs.program.names[name].text)
    case .limit: reasons.insert("a bound of the analysis was reached on the child path")
    case .goesOn(let runtime): reasons.insert("the child goes on with \(runtime)")
    case .unknownFlags: reasons.insert("the flags of the spawn call are not known")
    case .assembly: reasons.insert("inline assembly is on the child path")
    case .pointer, .tooManyTargets, .vforkReturn, .leaves, .writesParent, .unmet, .heldAcrossVfork,
      .heldAcrossFork, .guardedUse, .protocolBreak, .signalsOpen, .signalsUnblocked,
      .leaks, .inheritable:
      break
    }
    for function in [observation.at.function] + observation.way.map(\.function) {
      note(function, inputs, incomplete)
    }
  }

  /// Something of what the function does may be missing.
  mutating func note(_ function: FunctionID, _ inputs: CheckInputs, _ incomplete: Set<Int>) {
    let unit = inputs.program.functions[function].unit
    if incomplete.contains(unit) {
      reasons.insert("'\(inputs.program.units[unit].mainFile)' was not understood completely")
    }
  }
}

extension Level {
  package init(_ certainty: Certainty) {
    switch certainty {
    case .harmful: self = .error
    case .forbidden: self = .warning
    case .unlisted, .allowed: self = .note
    }
  }
}
