import Linking
import SpawnIR

/// What becomes of the parent's holdings in one activation, callees included; where the parent's way is followed.
struct ParentTrace {
  /// A holding as the function under analysis knows it.
  enum Held: Hashable {
    case own(Holding)
    /// A descriptor of the caller's, by its name in the function.
    case callers(SymbolID)
  }

  /// One way out.
  struct Return: Hashable {
    var at: InstructionRef
    var held: Set<Held>
    /// What the caller gets; `any` where it gets nothing that tells ways apart.
    var result: Interval
  }

  /// How a function, called at one place, leaves one holding behind.
  struct Outcome {
    /// Returns with it, and their results.
    var with: Set<Way> = []
    /// Results of returns without it.
    var without: Set<Interval> = []
    /// It is given back on some way.
    var isReleased = false
    /// Calls between the function and the one that is asked.
    var depth = 0

    struct Way: Hashable {
      var at: InstructionRef
      var result: Interval
    }

    mutating func add(_ other: Outcome) {
      with.formUnion(other.with)
      without.formUnion(other.without)
      isReleased = isReleased || other.isReleased
      depth = max(depth, other.depth)
    }

    /// Returns at which it is not given back, as it is on other ways, and of which the caller cannot know.
    var forgotten: Set<InstructionRef> {
      if !isReleased { return [] }
      return Set(with.filter { way in without.contains { $0.overlaps(way.result) } }.map(\.at))
    }
  }

  typealias Outcomes = [Held: Outcome]

  var returns = OrderedSet<Return>()
  /// Where it is given back on some way: calls of this function.
  private(set) var released: [Held: Set<InstructionRef>] = [:]
  /// By call of this function: what comes of it in the callee, and by their calls in the functions below.
  private var below: [InstructionRef: [InstructionRef: Outcomes]] = [:]
  /// Inheritable descriptors that were closed again before any spawn call.
  var closedEarly: Set<Holding> = []
  /// Functions that were called.
  var callees: Set<FunctionID> = []
  /// Spawn calls that were executed.
  var spawnCalls: Set<InstructionRef> = []

  mutating func note(released held: Held, at call: InstructionRef) {
    released[held, default: []].insert(call)
  }

  /// - Parameter outcomes: by call, in the names of this function.
  mutating func note(_ outcomes: [InstructionRef: Outcomes], at call: InstructionRef) {
    for (inner, found) in outcomes {
      for (held, outcome) in found {
        below[call, default: [:]][inner, default: [:]][held, default: Outcome()].add(outcome)
      }
    }
  }

  /// What the function itself does.
  var own: Outcomes {
    var result: Outcomes = [:]
    for held in Set(returns.elements.flatMap(\.held)) {
      var outcome = Outcome(isReleased: released[held] != nil)
      for item in returns.elements {
        if item.held.contains(held) {
          outcome.with.insert(Outcome.Way(at: item.at, result: item.result))
        } else {
          outcome.without.insert(item.result)
        }
      }
      result[held] = outcome
    }
    for held in released.keys where result[held] == nil {
      result[held] = Outcome(without: Set(returns.elements.map(\.result)), isReleased: true)
    }
    return result
  }

  /// What the functions below do, by call; without what is given back after the call that leads there.
  ///
  /// - Parameter follows: control may come from the first instruction to the second.
  func outcomesBelow(follows: (InstructionRef, InstructionRef) -> Bool) -> [InstructionRef: Outcomes] {
    var result: [InstructionRef: Outcomes] = [:]
    for (call, inner) in below {
      for (key, outcomes) in inner {
        for (held, outcome) in outcomes {
          if (released[held] ?? []).contains(where: { $0 != call && follows(call, $0) }) { continue }
          result[key, default: [:]][held, default: Outcome()].add(outcome)
        }
      }
    }
    return result
  }
}

extension Interval {
  func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }
}

extension Frame {
  private func held(_ symbol: SymbolID, _ descriptor: Descriptor) -> ParentTrace.Held {
    descriptor.opened == 0 ? .callers(symbol) : .own(descriptor.holding)
  }

  /// Closed by the function under analysis.
  func noteClosed(_ symbol: SymbolID, _ descriptor: Descriptor, _ state: State) {
    analysis.contexts[context].trace.note(released: held(symbol, descriptor), at: currentRef)
    guard descriptor.isInheritable, !state.isAfterSpawn else { return }
    analysis.contexts[context].trace.closedEarly.insert(descriptor.holding)
    guard let opened = analysis.instruction(numbered: descriptor.opened), opened.function == id else {
      return
    }
    noteOpenedFor([descriptor.holding], at: opened)
  }

  func noteReleased(_ lock: LockState, _ state: State) {
    guard analysis.isAboutParent else { return }
    analysis.log.note(released: .lock(lock.origin), hasChild: state.hasChild)
    analysis.contexts[context].trace.note(released: .own(.lock(lock.origin)), at: currentRef)
    if !state.isAfterSpawn, spawnFollows(currentRef) { analysis.log.note(onTheWay: .lock(lock.origin)) }
  }

  /// The function under analysis returns with what the state holds.
  func noteWayOut(_ result: SValue?, _ state: State) {
    guard analysis.isAboutParent else { return }
    var held: Set<ParentTrace.Held> = []
    for (symbol, descriptor) in state.descriptors { held.insert(self.held(symbol, descriptor)) }
    for (_, lock) in state.held where lock.isHeld && !lock.isProtocol {
      held.insert(.own(.lock(lock.origin)))
    }
    let told = result.map { Constraints.interval($0, state, analysis.table) } ?? .any
    analysis.contexts[context].trace.returns.insert(
      ParentTrace.Return(at: currentRef, held: held, result: told))
  }

  /// What the callee did with what was open and held before the call.
  func takeOverTrace(of target: Int, _ call: Call, _ entrance: Entrance, _ state: State) {
    guard analysis.isAboutParent else { return }
    let trace = analysis.contexts[target].trace
    analysis.contexts[context].trace.callees.insert(analysis.contexts[target].function)
    analysis.contexts[context].trace.callees.formUnion(trace.callees)
    func here(_ held: ParentTrace.Held) -> ParentTrace.Held? {
      guard case .callers(let symbol) = held else { return held }
      guard case .slot(let index, _) = analysis.table.kind(symbol), Int(index) < entrance.slots.count,
        case .symbol(let own) = entrance.slots[Int(index)], let descriptor = state.descriptors[own]
      else { return nil }
      return self.held(own, descriptor)
    }
    for held in trace.released.keys {
      guard let own = here(held) else { continue }
      analysis.contexts[context].trace.note(released: own, at: currentRef)
      guard case .own(let holding) = own, case .lock = holding, !state.isAfterSpawn else { continue }
      if spawnFollows(currentRef) { analysis.log.note(onTheWay: holding) }
    }
    var outcomes: [InstructionRef: ParentTrace.Outcomes] = [:]
    func add(_ found: ParentTrace.Outcomes, at call: InstructionRef, depth: Int) {
      for (held, outcome) in found {
        guard let own = here(held) else { continue }
        var deeper = outcome
        deeper.depth += depth
        outcomes[call, default: [:]][own, default: ParentTrace.Outcome()].add(deeper)
      }
    }
    add(trace.own, at: currentRef, depth: 0)
    for (call, found) in trace.outcomesBelow(follows: analysis.mayFollow) { add(found, at: call, depth: 1) }
    analysis.contexts[context].trace.note(outcomes, at: currentRef)
    analysis.contexts[context].trace.closedEarly.formUnion(trace.closedEarly)
    if !state.isAfterSpawn { noteOpenedFor(trace.closedEarly, at: currentRef) }
    analysis.contexts[context].trace.spawnCalls.formUnion(trace.spawnCalls)
    noteBeside(trace.spawnCalls, call, entrance, state)
  }

  /// The callee spawns, and does not look at all that is held for its sake: not at the other end of the same pipe, not
  /// at another member of the same object, nor at what this function was handed for a child.
  private func noteBeside(
    _ spawnCalls: Set<InstructionRef>, _ call: Call, _ entrance: Entrance, _ state: State
  ) {
    if spawnCalls.isEmpty || state.descriptors.isEmpty { return }
    let table = analysis.table
    var objects: Set<RegionID> = []
    for argument in call.arguments {
      if case .address(let region) = evaluate(argument, state) { objects.insert(table.base(of: region)) }
    }
    let handed = Set(entrance.handedDescriptors)
    let calls = Set(handed.compactMap { state.descriptors[$0]?.opened })
    for (symbol, descriptor) in state.descriptors where !handed.contains(symbol) {
      let isInObject = state.store.contains { region, value in
        value == .symbol(symbol) && objects.contains(table.base(of: region))
      }
      var isLent = false
      if case .slot = table.kind(symbol) { isLent = true }
      if !isInObject && !isLent && !calls.contains(descriptor.opened) { continue }
      for at in spawnCalls { note(descriptor, heldAt: at) }
    }
  }

  func note(_ descriptor: Descriptor, heldAt call: InstructionRef) {
    analysis.log.note(descriptor.holding, heldAt: call)
    if descriptor.isInheritable { analysis.log.note(inheritable: descriptor.holding, at: call) }
  }

  // MARK: What comes later

  /// Of these, what the call opens for the object of a spawn call that comes later.
  private func noteOpenedFor(_ holdings: Set<Holding>, at call: InstructionRef) {
    for holding in holdings where !analysis.log.onTheWay.contains(holding) {
      guard case .descriptor(let number, _) = holding, let opening = analysis.instruction(numbered: number),
        OpenedFor(analysis: analysis).serves(call, opening: opening)
      else { continue }
      analysis.log.note(onTheWay: holding)
    }
  }

  /// A spawn call may come after the instruction.
  private func spawnFollows(_ at: InstructionRef) -> Bool {
    !analysis.spawnCalls(after: at).isEmpty
  }
}

extension Analysis {
  /// Control may come from the one instruction to the other, of the same function.
  func mayFollow(_ first: InstructionRef, _ second: InstructionRef) -> Bool {
    if first.block == second.block, second.index > first.index { return true }
    let blocks = body(first.function).blocks
    var seen: Set<Int> = []
    var work = blocks[first.block].terminator.successors
    while let next = work.popLast() {
      if next == second.block { return true }
      if seen.insert(next).inserted { work += blocks[next].terminator.successors }
    }
    return false
  }

  /// The returns of callees at which the innermost of them forgets the holding.
  func placesBelow(_ trace: ParentTrace, of holding: Holding) -> Set<InstructionRef> {
    let found = trace.outcomesBelow(follows: mayFollow).values.compactMap { $0[.own(holding)] }
      .filter { !$0.forgotten.isEmpty }
    let deepest = found.map(\.depth).max()
    return found.filter { $0.depth == deepest }.reduce(into: []) { $0.formUnion($1.forgotten) }
  }

  /// The calls of the function that may lead to a spawn call and to which control may come from the instruction.
  func spawnCalls(after at: InstructionRef) -> [InstructionRef] {
    let blocks = body(at.function).blocks
    func calls(in block: Int, from first: Int) -> [InstructionRef] {
      blocks[block].instructions.indices.compactMap { index in
        guard index >= first, case .call(let call) = blocks[block].instructions[index].kind,
          mayReachSpawn(call, in: at.function)
        else { return nil }
        return InstructionRef(function: at.function, block: block, index: index)
      }
    }
    var found = calls(in: at.block, from: at.index + 1)
    let reaches = reachesSpawn(at.function)
    var seen: Set<Int> = []
    var work = blocks[at.block].terminator.successors
    while let next = work.popLast() {
      guard reaches[next], seen.insert(next).inserted else { continue }
      found += calls(in: next, from: 0)
      work += blocks[next].terminator.successors
    }
    return found
  }
}

extension Descriptor {
  var holding: Holding { .descriptor(opened: opened, part: part) }
}
