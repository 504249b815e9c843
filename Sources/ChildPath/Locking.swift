import Catalogue
import Linking
import SpawnIR

/// Held locks and fork protocols.
extension Frame {
  // MARK: Which lock

  func lockRegion(_ effect: LockEffect, _ arguments: [SValue]) -> RegionID? {
    if let name = effect.name { return analysis.table.namedLock(name) }
    guard let index = effect.argument, index < arguments.count else { return nil }
    return pointee(of: arguments[index])
  }

  /// The held lock that a call on `region` speaks of: that very object, else one of the same storage
  /// where one of the two is reached through a pointer that may be the other's.
  private func match(_ region: RegionID, in state: State) -> RegionID? {
    if state.held[region] != nil { return region }
    let table = analysis.table
    guard let storage = table.storage(of: region) else { return nil }
    return state.held.keys.first { other in
      guard table.storage(of: other) == storage else { return false }
      return !analysis.isRooted(region) || !analysis.isRooted(other) || analysis.hasUnknownIndex(region)
        || analysis.hasUnknownIndex(other)
    }
  }

  private func lockName(_ effect: LockEffect, _ call: Call) -> String {
    if let name = effect.name { return name }
    guard let index = effect.argument, index < call.arguments.count else { return "lock" }
    return Self.lastName(call.arguments[index], body)
  }

  // MARK: Effects

  /// How a call of a lock function is recorded: as one that concerns nobody else where the child
  /// initialised the lock, took it, or inherited it from the thread that forked.
  func lockEvent(_ entry: Entry, _ name: FunctionNameID, _ arguments: [SValue], _ state: State) -> EventKind?
  {
    guard let tag = state.roles.last, !entry.locks.isEmpty else { return nil }
    let isSettled = entry.locks.allSatisfy { effect in
      guard let region = lockRegion(effect, arguments) else { return false }
      let known = match(region, in: state).flatMap { state.held[$0] }
      switch effect.action {
      case .acquire, .acquireShared, .tryAcquire: return known?.kind == .settled && tag.context != .vfork
      case .release:
        guard let known, tag.context != .vfork else { return false }
        if known.kind == .settled || known.wasSettled { return true }
        return known.isHeld && known.depth < state.roles.count
          && !sharesMemory(state.roles, from: known.depth)
      case .reinitialise: return tag.context != .vfork
      }
    }
    return isSettled ? .settled(name) : nil
  }

  /// Some of the children from that level on runs in the memory of the level below.
  private func sharesMemory(_ roles: [RoleTag], from depth: Int) -> Bool {
    roles.indices.contains { $0 >= depth && roles[$0].context == .vfork }
  }

  /// The states after the call's effects on locks: two where its result tells whether it took one.
  func applyLocks(_ entry: Entry, _ call: Call, _ arguments: [SValue], _ start: State) -> [State] {
    var states = [start]
    for effect in entry.locks {
      guard let region = lockRegion(effect, arguments) else { continue }
      states = states.flatMap { apply(effect, to: region, call, $0) }
    }
    return states
  }

  /// The state in which the call runs its callbacks: one that does something to a lock and undoes it runs them
  /// between the two.
  func underLocks(of entry: Entry, _ call: Call, _ arguments: [SValue], _ state: State) -> State {
    guard !entry.calls.isEmpty, entry.locks.count == 2, let first = entry.locks.first,
      first.acquires != entry.locks[1].acquires, let region = lockRegion(first, arguments)
    else { return state }
    return apply(first, to: region, call, state).first ?? state
  }

  private func apply(_ effect: LockEffect, to region: RegionID, _ call: Call, _ start: State) -> [State] {
    switch effect.action {
    case .acquire, .acquireShared, .tryAcquire:
      if effect.isCounter, !isReleasedSomewhere(region) { return [start] }
      noteDeadlock(effect, on: region, start)
      var results: [State] = []
      if var taken = assuming(success: true, of: effect, call, start) {
        take(effect, region, call, &taken)
        results.append(taken)
      }
      if effect.succeeds != .always, call.result != nil,
        let failed = assuming(success: false, of: effect, call, start)
      {
        results.append(failed)
      }
      return results
    case .release:
      var state = start
      release(effect, region, &state)
      return [state]
    case .reinitialise:
      var state = start
      if state.isChild {
        let known = match(region, in: state) ?? region
        state.held[known] = nil
        state.held[region] = LockState(kind: .settled, depth: state.roles.count, origin: .call(currentRef))
      } else if let known = match(region, in: state) {
        state.held[known] = nil
      }
      return [state]
    }
  }

  private func isReleasedSomewhere(_ region: RegionID) -> Bool {
    guard let storage = analysis.table.storage(of: region) else { return false }
    return analysis.locks.releasedCounters.contains(storage)
  }

  private func assuming(success: Bool, of effect: LockEffect, _ call: Call, _ state: State) -> State? {
    assuming(success: success, effect.succeeds, of: call, state)
  }

  /// The state where the call's result tells that it did (not) do what it is for; nil where that cannot be.
  func assuming(success: Bool, _ sign: LockEffect.Success, of call: Call, _ state: State) -> State? {
    guard sign != .always, let result = call.result, isTracked(.variable(result)) else {
      return state
    }
    var assumed = state
    let value = read(variableRegion(result), type: call.resultType, state)
    let isZero = (sign == .zero) == success
    let holds = Constraints.compare(isZero ? .equal : .notEqual, value, .int(0), &assumed, analysis.table)
    return holds ? assumed : nil
  }

  private func take(_ effect: LockEffect, _ region: RegionID, _ call: Call, _ state: inout State) {
    if var known = state.held[region], known.isHeld, known.depth == state.roles.count {
      known.count = min(known.count + 1, 3)
      known.isRecursive = known.isRecursive || effect.isRecursive
      state.held[region] = known
      return
    }
    if analysis.isAboutParent,
      case .pointee(let pointer) = analysis.table.shape(analysis.table.base(of: region))
    {
      // What was locked through a pointer was there.
      _ = Constraints.compare(.notEqual, .symbol(pointer), .int(0), &state, analysis.table)
    }
    let origin = LockOrigin.call(currentRef)
    analysis.lockNames[origin] = lockName(effect, call)
    let isSettled = match(region, in: state).flatMap { state.held[$0] }?.kind == .settled
    state.held[region] = LockState(
      kind: effect.action == .acquireShared ? .shared : .held, depth: state.roles.count,
      isRecursive: effect.isRecursive, wasSettled: isSettled, origin: origin)
  }

  private func release(_ effect: LockEffect, _ region: RegionID, _ state: inout State) {
    let known = match(region, in: state)
    if let known, var lock = state.held[known], lock.isHeld {
      if lock.depth == state.roles.count, lock.count > 1 {
        lock.count -= 1
        state.held[known] = lock
        return
      }
      state.held[known] = nil
      noteReleased(lock, state)
      if lock.depth < state.roles.count || lock.wasSettled {
        state.held[known] = LockState(kind: .settled, depth: state.roles.count, origin: .call(currentRef))
        return
      }
    }
    if effect.name != nil {
      state.held[region] = LockState(kind: .released, depth: state.roles.count, origin: .call(currentRef))
    }
  }

  /// In a child: the thread that forked held the lock, and nobody in the child can release it any more.
  private func noteDeadlock(_ effect: LockEffect, on region: RegionID, _ state: State) {
    guard state.isChild, effect.action != .tryAcquire, let known = match(region, in: state),
      let lock = state.held[known], lock.isHeld, lock.depth < state.roles.count,
      !(lock.kind == .shared && effect.action == .acquireShared), !lock.isRecursive, !effect.isRecursive,
      !sharesMemory(state.roles, from: lock.depth)
    else { return }
    recordAcross(.heldAcrossFork(shown(lock)), role: lock.depth, state)
  }

  private func shown(_ lock: LockState) -> HeldLock {
    HeldLock(name: analysis.lockNames[lock.origin] ?? "lock", origin: lock.origin)
  }

  private func recordAcross(_ kind: EventKind, role: Int, _ state: State) {
    guard state.roles.indices.contains(role) else { return }
    analysis.contexts[context].events.insert(
      Event(kind: kind, at: currentRef, roles: state.roles, role: role))
  }

  // MARK: At a spawn call

  /// Locks that stay held until the child has execed or ended.
  func noteLocksAcrossVfork(_ child: State) {
    let last = child.roles.count - 1
    for (_, lock) in child.held where lock.isHeld && !lock.isProtocol {
      guard lock.depth <= last, child.roles[lock.depth..<last].allSatisfy({ $0.context == .vfork }) else {
        continue
      }
      recordAcross(.heldAcrossVfork(shown(lock)), role: last, child)
    }
  }

  /// The runtime's lock must be held where its protocol surrounds a fork.
  func noteProtocolAtFork(_ child: State) {
    for lock in analysis.catalogue.entryLocks {
      guard let name = lock.forkProtocol, let begun = child.held[analysis.table.forkProtocol(name)],
        begun.isHeld, begun.depth == child.roles.count - 1,
        child.held[analysis.table.namedLock(lock.lock)]?.kind == .released
      else { continue }
      recordAcross(.protocolBreak(name, .lock(lock.lock)), role: child.roles.count - 1, child)
    }
  }

  // MARK: Fork protocols

  /// How a call that needs a runtime is recorded in a child that made it usable.
  func protocolEvent(_ entry: Entry, _ name: FunctionNameID, _ state: State) -> EventKind? {
    guard state.isChild, let step = entry.forkProtocol, step.part != .before, step.part != .parent else {
      return nil
    }
    if state.roles.last?.context == .vfork { return nil }
    if step.part == .child || step.part == .starts { return .readied(name) }
    return state.held[analysis.table.forkProtocol(step.name)]?.kind == .settled ? .readied(name) : nil
  }

  func applyProtocol(_ entry: Entry, _ state: inout State) {
    guard let step = entry.forkProtocol, step.part != .needs else { return }
    let region = analysis.table.forkProtocol(step.name)
    let known = state.held[region]
    let level = state.roles.count
    switch step.part {
    case .before:
      let origin = LockOrigin.call(currentRef)
      analysis.lockNames[origin] = step.name
      state.held[region] = LockState(kind: .held, isProtocol: true, depth: level, origin: origin)
    case .parent: state.held[region] = nil
    case .child, .runs, .starts:
      guard level > 0, state.roles.last?.context != .vfork else { return }
      if step.part != .starts { noteGap(step.name, known, needsChildPart: step.part == .runs, state) }
      if step.part != .runs {
        state.held[region] = LockState(
          kind: .settled, isProtocol: true, depth: level, origin: .call(currentRef))
        // The runtime's lock is this thread's own now.
        for lock in analysis.catalogue.entryLocks where lock.forkProtocol == step.name {
          let named = analysis.table.namedLock(lock.lock)
          let origin = LockOrigin.call(currentRef)
          analysis.lockNames[origin] = lock.lock
          state.held[named] = LockState(kind: .held, depth: level, isRecursive: true, origin: origin)
        }
      }
    case .needs: break
    }
  }

  /// The child goes on with a runtime: its protocol must have been begun before the fork.
  func noteGap(_ name: String, _ known: LockState?, needsChildPart: Bool, _ state: State) {
    // A runtime that only its child calls has no more to be surrounded with.
    if analysis.catalogue.functions(of: ProtocolStep(part: .before, name: name)).isEmpty { return }
    let level = state.roles.count
    guard let known else {
      recordAcross(.protocolBreak(name, .before), role: level - 1, state)
      return
    }
    if known.kind == .settled || known.kind == .unknown { return }
    if needsChildPart, known.isHeld, known.depth < level {
      recordAcross(.protocolBreak(name, .child), role: level - 1, state)
    }
  }

  /// A function that a runtime calls returns: a child goes on with the runtime, and in the parent what was
  /// begun before the fork must be done with.
  func noteProtocolAtReturn(_ state: State) {
    for lock in analysis.catalogue.entryLocks {
      guard let name = lock.forkProtocol else { continue }
      let begun = state.held[analysis.table.forkProtocol(name)]
      if state.isChild {
        guard state.roles.last?.context != .vfork,
          analysis.entryLocks(id).contains(where: { $0.0 == lock })
        else { continue }
        noteGap(name, begun, needsChildPart: true, state)
      } else if isRoot, state.isAfterSpawn, begun?.isHeld == true {
        recordParent(.protocolBreak(name, .parent), currentRef)
      }
    }
  }

  /// The runtime that a child returns to, from here or from the function under analysis that called this one, and
  /// that it made usable first.
  func runtimeReturnedTo(_ state: State) -> String? {
    guard state.isChild else { return nil }
    for function in [id] + analysis.stack.reversed() {
      for (lock, _) in analysis.entryLocks(function) {
        guard let name = lock.forkProtocol else { continue }
        if state.held[analysis.table.forkProtocol(name)]?.kind == .settled { return lock.caller }
      }
    }
    return nil
  }

  /// Something that the parent does wrong around its spawn calls.
  func recordParent(_ kind: EventKind, _ at: InstructionRef) {
    analysis.contexts[context].events.insert(Event(kind: kind, at: at, roles: []))
  }

  // MARK: Guarded data

  /// In a child that inherited a held lock: uses of what the lock guards.
  func noteGuardedUses(_ instruction: Instruction, _ state: State) {
    guard state.isChild else { return }
    for (region, lock) in state.held where lock.isHeld && lock.depth < state.roles.count {
      if lock.isProtocol || sharesMemory(state.roles, from: lock.depth) { continue }
      var used: String?
      func look(_ place: Place) {
        if used == nil, isGuarded(place, by: region, state) { used = Self.lastName(place, body) }
      }
      switch instruction.kind {
      case .assign(let place, _), .zero(let place): look(place)
      case .declare, .call, .assembly: break
      }
      instruction.forEachValue { value in
        if case .load(let place) = value { look(place) }
      }
      if let used { recordAcross(.guardedUse(shown(lock), used), role: lock.depth, state) }
    }
  }

  private func isGuarded(_ place: Place, by lock: RegionID, _ state: State) -> Bool {
    let table = analysis.table
    if case .global(let global) = table.shape(lock) {
      guard case .global(let symbol) = place.base, let used = analysis.program.global(symbol, unit: unit),
        used != global
      else { return false }
      return analysis.locks.guarded[.global(global)]?.contains(used) == true
    }
    guard case .field = table.shape(lock), place.lastField != nil else { return false }
    let target = region(of: place, state)
    return table.base(of: target) == table.base(of: lock) && !table.isPart(target, of: lock)
  }

  // MARK: Between functions

  /// The callee was not entered: locks that it may have released are not known to be held.
  func forgetLocks(_ callee: FunctionID, _ state: inout State) {
    guard analysis.locks.changes[callee] else { return }
    let level = state.roles.count
    let released = (analysis.locks.leastOfNamed[callee] ?? [:]).filter { $0.value < 0 }.keys
    let names = Set(analysis.catalogue.entryLocks.map(\.lock)).subtracting(released)
    let stay = Set(names.map(analysis.table.namedLock))
    state.held.keep { region, lock in
      lock.kind == .settled || lock.depth < level || stay.contains(region)
    }
  }
}

extension Analysis {
  /// What a function is entered with where nobody is known to call it.
  ///
  /// - Parameter isTop: no caller is looked at with its states: runtimes' locks may be held all the same.
  func entryState(_ function: FunctionID, isTop: Bool = false) -> State {
    var state = State()
    for lock in isTop && graph.sharesMemory ? locksAbove.locks(at: function) : [] {
      lockNames[lock.origin] = lock.name
      callsToRoots[function, default: [:]][lock.origin] = lock.calls
      state.held[table.namedLock(lock.name)] = LockState(
        kind: .held, depth: 0, isRecursive: true, origin: lock.origin)
    }
    for (lock, origin) in entryLocks(function) {
      lockNames[origin] = lock.lock
      state.held[table.namedLock(lock.lock)] = LockState(
        kind: .held, depth: 0, isRecursive: true, origin: origin)
    }
    // Where there are callers, the analysis that begins with them tells what they do.
    guard graph.callers[function] != nil else { return state }
    for lock in catalogue.entryLocks {
      guard let name = lock.forkProtocol else { continue }
      state.held[table.forkProtocol(name)] = LockState(
        kind: .unknown, isProtocol: true, depth: 0,
        origin: .entry(function, caller: lock.caller, table: nil))
    }
    return state
  }

  /// The function is handed to one that registers it with the lock's runtime.
  private func isRegistered(_ names: [FunctionNameID], _ lock: EntryLock) -> Bool {
    lock.registrars.contains { registeredFunctions[$0]?.isDisjoint(with: names) == false }
  }

  /// What the program hands to functions that register others.
  func findRegistered() -> [EntryLock.Registrar: Set<FunctionNameID>] {
    var wanted: [FunctionNameID: [EntryLock.Registrar]] = [:]
    let registrars = Dictionary(grouping: catalogue.entryLocks.flatMap(\.registrars), by: \.function)
    for (id, name) in program.names.enumerated() where name.bodies.isEmpty {
      if let found = registrars[name.text] { wanted[id] = found }
    }
    if wanted.isEmpty { return [:] }
    var found: [EntryLock.Registrar: Set<FunctionNameID>] = [:]
    for id in program.functions.indices {
      program.forEachCall(in: id) { call, _ in
        for name in program.targets(of: call, function: id, flow: flow) {
          for registrar in wanted[name] ?? [] where registrar.argument < call.arguments.count {
            found[registrar, default: []].formUnion(
              program.functions(in: call, argument: registrar.argument, function: id, flow: flow))
          }
        }
      }
    }
    return found
  }

  /// The locks that the function's callers outside the program hold.
  func entryLocks(_ function: FunctionID) -> [(EntryLock, LockOrigin)] {
    let names = program.names(of: function)
    return catalogue.entryLocks.compactMap { lock in
      let isMember = lock.members.contains { member in
        let key = FieldKey(Field(record: Name(member.record), name: Name(member.field), type: .other))
        return flow.candidates(.field(key)).contains(where: names.contains)
      }
      let table = flow.tableFunctions.filter { $0.value.contains(where: names.contains) }.keys.min()
      if isMember || isRegistered(names, lock) {
        return (lock, .entry(function, caller: lock.caller, table: table))
      }
      guard graph.callers[function] == nil, lock.shapes.contains(body(function).signature) else { return nil }
      return (lock, .entry(function, caller: lock.caller, table: table))
    }
  }
}
