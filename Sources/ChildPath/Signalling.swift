import Catalogue
import Linking
import SpawnIR

/// The signal mask and what signals do, as far as children that share memory are concerned.
extension Frame {
  // MARK: Effects

  /// The states after the call's effects: on the parent's way two where its result tells whether signals were
  /// blocked; a child's law holds for the way on which it did what it is for.
  func applySignals(_ entry: Entry, _ call: Call, _ arguments: [SValue], _ start: State) -> [State] {
    var state = start
    applySignals(entry, call, arguments, &state)
    if changesSetForCertain(entry, arguments) { bindResult(call, .int(0), &state) }
    let isRaised = state.signals.mask.raisedAt == currentPlace && start.signals.mask.raisedAt == 0
    guard analysis.isAboutParent, isRaised, call.result != nil else { return [state] }
    var results: [State] = []
    if let done = assuming(success: true, .zero, of: call, state) { results.append(done) }
    if let failed = assuming(success: false, .zero, of: call, start) { results.append(failed) }
    return results
  }

  private func applySignals(_ entry: Entry, _ call: Call, _ arguments: [SValue], _ state: inout State) {
    for effect in entry.signals where holds(effect, arguments) {
      switch effect.action {
      case .mask: changeMask(effect, arguments, &state)
      case .fill: define(effect, arguments, &state) { _ in .full }
      case .empty: define(effect, arguments, &state) { _ in .empty }
      case .add:
        guard let signal = value(effect.signal, arguments) else { continue }
        let place = currentPlace
        define(effect, arguments, &state) { old in
          var set = old
          switch signal {
          case .int(let number): set.insert(SignalBits.bit(number))
          default: set.formUnion(SignalSet(base: .unknown(place)), unknown: place)
          }
          if set.isSaved, set.raisedAt == 0 { set.raisedAt = place }
          return set
        }
      case .remove:
        guard let signal = value(effect.signal, arguments) else { continue }
        let place = currentPlace
        define(effect, arguments, &state) { old in
          var set = old
          switch signal {
          case .int(let number): set.remove(SignalBits.bit(number))
          default: set.subtract(SignalSet(base: .unknown(place)), unknown: place)
          }
          return set
        }
      case .hold, .unhold:
        var set = SignalSet(base: .unknown(currentPlace))
        if case .int(let number)? = value(effect.signal, arguments) {
          set = SignalSet(base: .empty, added: SignalBits.bit(number))
        }
        let isHold = effect.action == .hold
        setMask(isHold ? blocking(set, state) : unblocking(set, state), savedIn: nil, &state)
      case .blockBits, .setBits: changeBits(effect, call, arguments, &state)
      case .handle: noteReset(effect, arguments, &state)
      }
    }
  }

  /// A signal that exists goes into a set and out of it without error.
  private func changesSetForCertain(_ entry: Entry, _ arguments: [SValue]) -> Bool {
    entry.signals.contains { effect in
      guard effect.action == .add || effect.action == .remove,
        case .int(let number)? = value(effect.signal, arguments)
      else { return false }
      return SignalBits.bit(number) != 0
    }
  }

  private func holds(_ effect: SignalEffect, _ arguments: [SValue]) -> Bool {
    guard effect.holds(onArchitecture: analysis.architecture) else { return false }
    guard effect.whenArgument != nil else { return true }
    guard case .int(let number)? = value(effect.whenArgument, arguments) else { return false }
    return effect.whenValues.contains(number)
  }

  private func value(_ index: Int?, _ arguments: [SValue]) -> SValue? {
    index.flatMap { $0 < arguments.count ? arguments[$0] : nil }
  }

  /// The mask with the signals of the set blocked too.
  private func blocking(_ set: SignalSet, _ state: State) -> SignalSet {
    var result = state.signals.mask
    result.formUnion(set, unknown: currentPlace)
    if set != .empty, result.raisedAt == 0 { result.raisedAt = currentPlace }
    return result
  }

  private func unblocking(_ set: SignalSet, _ state: State) -> SignalSet {
    var result = state.signals.mask
    result.subtract(set, unknown: currentPlace)
    if result.added == 0 { result.raisedAt = 0 }
    return result
  }

  /// The mask where it becomes that set.
  private func replacing(_ set: SignalSet, _ state: State) -> SignalSet {
    var result = set
    result.isSaved = false
    if set.isSaved { return result }
    let raises = set.base == .empty && set.added != 0
    let before = state.signals.mask.raisedAt
    result.raisedAt = raises ? (before == 0 ? currentPlace : before) : 0
    return result
  }

  /// What the set that an argument points to becomes.
  private func define(
    _ effect: SignalEffect, _ arguments: [SValue], _ state: inout State, _ change: (SignalSet) -> SignalSet
  ) {
    guard let pointer = value(effect.set, arguments) else { return }
    let region = pointee(of: pointer)
    state.signals.sets[region] = change(set(in: region, state))
  }

  private func set(in region: RegionID, _ state: State) -> SignalSet {
    state.signals.sets[region] ?? SignalSet(base: .unknown(currentPlace))
  }

  private func changeMask(_ effect: SignalEffect, _ arguments: [SValue], _ state: inout State) {
    var saved = state.signals.mask
    saved.isSaved = true
    let old = value(effect.old, arguments).flatMap { $0 == .int(0) ? nil : pointee(of: $0) }
    if let pointer = value(effect.set, arguments), pointer != .int(0) {
      let set = set(in: pointee(of: pointer), state)
      var after = SignalSet(base: .unknown(currentPlace))
      if case .int(let how)? = value(effect.how, arguments) {
        switch how {
        case 0: after = blocking(set, state)
        case 1: after = unblocking(set, state)
        default: after = replacing(set, state)
        }
      }
      setMask(after, savedIn: old, &state)
    }
    if let old { state.signals.sets[old] = saved }
  }

  private func changeBits(
    _ effect: SignalEffect, _ call: Call, _ arguments: [SValue], _ state: inout State
  ) {
    guard let word = value(effect.set, arguments) else { return }
    var set = SignalSet(base: .unknown(currentPlace))
    switch word {
    case .int(let bits): set = SignalSet(base: .empty, added: UInt64(bitPattern: bits))
    case .symbol(let symbol): set = state.signals.sets[analysis.table.region(.pointee(symbol))] ?? set
    case .address, .function: break
    }
    var saved = state.signals.mask
    saved.isSaved = true
    let result = call.result.flatMap { isTracked(.variable($0)) ? variableRegion($0) : nil }
    setMask(
      effect.action == .blockBits ? blocking(set, state) : replacing(set, state), savedIn: result, &state)
    // The word that stands for the old mask is kept like a set that it points to.
    if let result, case .symbol(let symbol) = read(result, type: call.resultType, state) {
      state.signals.sets[analysis.table.region(.pointee(symbol))] = saved
    }
  }

  // MARK: In a child that shares memory

  private func sharesMemory(_ state: State) -> Bool { state.roles.last?.context == .vfork }

  /// Unblocking a signal that still runs a handler of the parent is as bad as not blocking it.
  private func setMask(_ mask: SignalSet, savedIn old: RegionID?, _ state: inout State) {
    let before = state.signals.mask
    state.signals.mask = mask
    if mask.raisedAt == 0 { state.signals.savedIn = nil }
    if mask.raisedAt == currentPlace, before.raisedAt == 0 { state.signals.savedIn = old }
    if before.raisedAt != 0, before.raisedAt != mask.raisedAt {
      analysis.log.note(released: .mask(before.raisedAt), hasChild: state.hasChild)
    }
    guard sharesMemory(state), !state.signals.isOpen else { return }
    let opened = before.added & ~mask.added & ~state.signals.reset & SignalBits.asynchronous
    if opened == 0 { return }
    let safe = mask.added | state.signals.reset
    analysis.contexts[context].events.insert(
      Event(
        kind: .signalsUnblocked(safe: safe, idle: idleHandlers(state, safe: safe)), at: currentRef,
        roles: state.roles, role: state.roles.count - 1, loops: state.signals.loops))
    state.signals.isOpen = true
  }

  private func noteReset(_ effect: SignalEffect, _ arguments: [SValue], _ state: inout State) {
    guard sharesMemory(state), runsNoHandler(effect, arguments, state) else { return }
    switch value(effect.signal, arguments) {
    case .int(let number)?: state.signals.reset |= SignalBits.bit(number)
    default: break
    }
    analysis.resettingCalls.insert(currentRef)
  }

  /// The signal gets its default effect or none.
  private func runsNoHandler(_ effect: SignalEffect, _ arguments: [SValue], _ state: State) -> Bool {
    func isNone(_ value: SValue) -> Bool {
      let known = Constraints.interval(value, state, analysis.table)
      return known.low >= 0 && known.high <= 1
    }
    if let function = value(effect.function, arguments) { return isNone(function) }
    guard let structure = value(effect.structure, arguments) else { return effect.structure == nil }
    if structure == .int(0) { return false }
    let object = pointee(of: structure)
    for (region, value) in state.store {
      guard case .field(_, let key) = analysis.table.shape(region), effect.members.contains(key.name.text),
        analysis.table.isPart(region, of: object)
      else { continue }
      return isNone(value)
    }
    return state.defaults[object] == .zero
  }

  /// At a spawn call whose child shares memory: handlers of the parent may run in the child.
  func noteSignals(_ child: inout State, _ effect: SpawnEffect, _ arguments: [SValue]) {
    // A child of a child in which handlers may run already has nothing to add.
    let isReported = child.signals.isOpen && child.roles.dropLast().last?.context == .vfork
    child.signals.reset = 0
    child.signals.loops = []
    child.signals.isOpen = isReported && sharesMemory(child)
    if isReported { return }
    guard analysis.tracksSignals, sharesMemory(child) else { return }
    if let flags = flags(effect, arguments, child), flags & effect.flagBits.resetsHandlers != 0 {
      child.signals.isOpen = true
      return
    }
    let blocked = child.signals.mask.added
    if SignalBits.asynchronous & ~blocked == 0 { return }
    analysis.contexts[context].events.insert(
      Event(
        kind: .signalsOpen(safe: blocked, idle: idleHandlers(child, safe: blocked)), at: currentRef,
        roles: child.roles, role: child.roles.count - 1))
    child.signals.isOpen = true
  }

  /// A loop that says what signals do, one after the other, is taken to speak of all of them.
  func passLoop(_ block: Int, _ state: inout State) {
    guard analysis.tracksSignals, sharesMemory(state), !state.signals.isOpen,
      let number = analysis.handlerLoops(id)[block]
    else { return }
    state.signals.pass(LoopRef(function: id, block: number))
  }

  // MARK: Records

  /// A set is copied with the object it is part of.
  func copySets(from source: RegionID, to target: RegionID, _ state: inout State) {
    guard !state.signals.sets.isEmpty else { return }
    let table = analysis.table
    state.signals.sets.keep { region, _ in !table.isPart(region, of: target) }
    for (region, set) in state.signals.sets where table.isPart(region, of: source) {
      state.signals.sets[table.rebase(region, from: source, to: target)] = set
    }
  }
}

extension Analysis {
  /// The loop made the signals that it passes run no handler.
  func isResetting(_ loop: LoopRef) -> Bool {
    let resetting = Set(resettingCalls.map(\.function))
    let reaching = graph.reaching(program.functions.indices.map(resetting.contains))
    guard reaching[loop.function] else { return false }
    let blocks = handlerLoops(loop.function).filter { $0.value == loop.block }.keys
    return blocks.contains { block in
      body(loop.function).blocks[block].instructions.enumerated().contains { index, instruction in
        guard case .call(let call) = instruction.kind else { return false }
        if resettingCalls.contains(InstructionRef(function: loop.function, block: block, index: index)) {
          return true
        }
        return program.targets(of: call, function: loop.function, flow: flow).contains { name in
          bodies(name).contains { reaching[$0] }
        }
      }
    }
  }
}
