import Catalogue
import ChildPath
import Linking

/// Children of one site that never exec: pre-forked servers, daemons, subshells.
struct Workers {
  /// Those functions whose children never do, there or where they come back to.
  private(set) var functions: Set<FunctionID> = []
  /// The functions to which the children of each come back, or from which they came; itself among them.
  private var linked: [FunctionID: Set<FunctionID>] = [:]
  private let inputs: CheckInputs

  /// In a double fork the child's child execs, and the child itself ends; who leaves, or starts others as its parent
  /// does, goes on after them.
  init(_ site: SpawnSiteFacts, _ observations: [Observation], _ inputs: CheckInputs) {
    self.inputs = inputs
    // What a library starts in a child is only a part of it.
    if site.contexts.contains(.vfork) || site.start != .call { return }
    var executing: Set<FunctionID> = []
    var executingBelow: Set<FunctionID> = []
    var leaving: Set<FunctionID> = []
    var cutShort: Set<FunctionID> = []
    for observation in observations where !observation.kind.isParents {
      linked[observation.childOf, default: [observation.childOf]].formUnion(observation.comesBackTo)
      for above in observation.comesBackTo { linked[above, default: [above]].insert(observation.childOf) }
      if observation.kind == .leaves, observation.nesting == nil { leaving.insert(observation.childOf) }
      if observation.kind == .limit { cutShort.insert(observation.childOf) }
      guard case .external(let name) = observation.kind,
        inputs.catalogue.entry(named: inputs.program.names[name].text)?.end == .exec
      else { continue }
      switch observation.nesting {
      case nil: executing.insert(observation.childOf)
      case .inChildCode: executingBelow.insert(observation.childOf)
      case .inSharedCode: break
      }
    }
    executing.formUnion(executingBelow.subtracting(leaving))
    // Where the child was not followed to its end, the call that nobody came to may be it.
    executing.formUnion(cutShort.subtracting(leaving).filter(mayExec))
    functions = Set(linked.filter { $0.value.isDisjoint(with: executing) }.keys)
  }

  private func mayExec(_ function: FunctionID) -> Bool {
    inputs.program.functions[function].body.blocks.contains { block in
      block.instructions.contains { instruction in
        guard case .call(let call) = instruction.kind, case .direct(let symbol) = call.callee else {
          return false
        }
        return inputs.catalogue.entry(named: symbol.name)?.end == .exec
      }
    }
  }

  /// One finding for a worker that leaves or exits: details of what it does before are shown on request.
  func folded(_ cases: [Assessment.Case], _ places: Places) -> [Assessment.Case] {
    let own = Dictionary(grouping: cases, by: \.observation.childOf)
    let ends = own.compactMapValues { end(of: $0, places) }
    var result: [Assessment.Case] = []
    for (function, cases) in own.sorted(by: { $0.key < $1.key }) {
      // Where a function only hands its child on, the child's end is where it was handed to.
      let isFolded =
        functions.contains(function) && linked[function, default: [function]].contains { ends[$0] != nil }
      if !isFolded {
        result += cases
        continue
      }
      if let end = ends[function] { result.append(end) }
      result += kept(cases, places)
    }
    return result
  }

  /// What is no detail of a worker's work.
  private func kept(_ cases: [Assessment.Case], _ places: Places) -> [Assessment.Case] {
    var kept = cases.filter { $0.observation.kind.concernsSpawnCall || $0.observation.kind.isParents }
    let runtime = cases.filter(takesRuntimeLock)
    let shortest = runtime.map(\.observation.way.count).min()
    if let lock = nearest(runtime.filter { $0.observation.way.count == shortest }, places) {
      kept.append(lock)
    }
    return kept
  }

  private func end(of cases: [Assessment.Case], _ places: Places) -> Assessment.Case? {
    for check in [ChildLeaves.id, ChildLongjmp.id, ChildExit.id] {
      let ends = cases.filter { $0.diagnosis.check == check }
      let own = ends.filter { $0.observation.nesting == nil }
      if let first = nearest(own.isEmpty ? ends : own, places) { return first }
    }
    return nil
  }

  /// A worker takes the lock of a runtime that it has not made usable.
  private func takesRuntimeLock(_ item: Assessment.Case) -> Bool {
    guard item.diagnosis.check == ChildLocks.id, case .external(let name) = item.observation.kind else {
      return false
    }
    guard let entry = inputs.catalogue.entry(named: inputs.program.names[name].text) else { return false }
    return entry.forkProtocol != nil && entry.locks.contains(where: \.acquires)
  }

  private func nearest(_ cases: [Assessment.Case], _ places: Places) -> Assessment.Case? {
    cases.min {
      let left = places.location($0.observation.place)
      let right = places.location($1.observation.place)
      return left == right ? $0.observation.way.count < $1.observation.way.count : left < right
    }
  }
}
