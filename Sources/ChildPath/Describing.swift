import Catalogue
import Linking
import SpawnIR

/// Open descriptors on the parent's way: who opens them, who closes them, who may keep them.
extension Frame {
  // MARK: Calls

  /// The states after the call's effects on descriptors: two where its result tells whether it opened some.
  func applyDescriptors(
    _ entry: Entry, _ call: Call, _ arguments: [SValue], _ start: State
  ) -> [State] {
    guard analysis.isAboutParent else { return [start] }
    var state = start
    let effects = entry.descriptors.filter { holds($0, arguments) }
    handOver(effects, call, arguments, &state)
    for effect in effects {
      switch effect.action {
      case .closes: if let value = argument(effect, arguments) { close(value, effect, call, &state) }
      case .closesAt:
        if let pointer = argument(effect, arguments) {
          close(read(pointee(of: pointer), type: .int, state), effect, call, &state)
        }
      case .closesMany: state.descriptors = SortedMap()
      case .opens: open(effect, call, arguments, &state)
      case .opensInto: return openInto(effect, call, arguments, state)
      case .borrows: break
      }
    }
    return [state]
  }

  private func holds(_ effect: DescriptorEffect, _ arguments: [SValue]) -> Bool {
    guard let index = effect.whenArgument else { return true }
    guard index < arguments.count, case .int(let value) = arguments[index] else { return false }
    return effect.whenValues.contains(value)
  }

  private func argument(_ effect: DescriptorEffect, _ arguments: [SValue]) -> SValue? {
    effect.argument.flatMap { $0 < arguments.count ? arguments[$0] : nil }
  }

  /// What the call is not known to use only while it lasts may be somebody else's now.
  private func handOver(
    _ effects: [DescriptorEffect], _ call: Call, _ arguments: [SValue], _ state: inout State
  ) {
    guard !state.descriptors.isEmpty else { return }
    var isSettled = Set<Int>()
    for effect in effects where !effect.acquires || effect.action == .opensInto {
      guard let index = effect.argument else {
        if effect.action == .borrows { return }
        continue
      }
      isSettled.insert(index)
    }
    let rest = arguments.indices.filter { !isSettled.contains($0) }.map { arguments[$0] }
    forgetDescriptors(reachedFrom: rest, &state)
  }

  private func close(_ value: SValue, _ effect: DescriptorEffect, _ call: Call, _ state: inout State) {
    guard !state.descriptors.isEmpty else { return }
    if case .symbol(let symbol) = Constraints.resolve(value, state, analysis.table),
      let descriptor = state.descriptors[symbol]
    {
      noteClosed(symbol, descriptor, state)
      state.descriptors[symbol] = nil
      return
    }
    // One of an array, nobody can tell which.
    forgetDescriptors(reachedFrom: [value], &state)
    guard let index = effect.argument, index < call.arguments.count,
      case .load(let place) = call.arguments[index]
    else { return }
    let region = region(of: place, state)
    if analysis.hasUnknownIndex(region) {
      forgetDescriptors(reachedFrom: [.address(analysis.table.base(of: region))], &state)
    }
  }

  // MARK: Opening

  private func open(_ effect: DescriptorEffect, _ call: Call, _ arguments: [SValue], _ state: inout State) {
    guard let result = call.result, isTracked(.variable(result)),
      case .symbol(let symbol) = read(variableRegion(result), type: call.resultType, state)
    else { return }
    remember(symbol, part: 0, name: resultName(result), effect, arguments, &state)
  }

  private func openInto(
    _ effect: DescriptorEffect, _ call: Call, _ arguments: [SValue], _ state: State
  ) -> [State] {
    guard let index = effect.argument, index < arguments.count else { return [state] }
    var results: [State] = []
    if var opened = assuming(success: true, effect.succeeds, of: call, state) {
      let target = pointee(of: arguments[index])
      let name = Self.lastName(call.arguments[index], body)
      let isElement = if case .addressOf(.element) = call.arguments[index] { true } else { false }
      if isFollowed(target) {
        for part in 0..<effect.count {
          let region = element(of: target, at: .int(Int64(part)), opened)
          let symbol = analysis.table.symbol(
            .conjured(site: currentPlace, tag: makerTag + 700 + Int32(part)),
            bounds: Interval(0, Int64(Int32.max)))
          opened.store[region] = .symbol(symbol)
          // Of an array in arrays the dimensions are not known any more.
          let shown = effect.count > 1 && !isElement ? "\(name)[\(part)]" : name
          remember(symbol, part: Int32(part), name: shown, effect, arguments, &opened)
        }
      }
      results.append(opened)
    }
    if effect.succeeds != .always, call.result != nil,
      let failed = assuming(success: false, effect.succeeds, of: call, state)
    {
      results.append(failed)
    }
    return results
  }

  private func remember(
    _ symbol: SymbolID, part: Int32, name: String?, _ effect: DescriptorEffect, _ arguments: [SValue],
    _ state: inout State
  ) {
    let isGuarded = state.held.contains { $0.value.isHeld && !$0.value.isProtocol }
    state.descriptors[symbol] = Descriptor(
      opened: currentPlace, part: part,
      isInheritable: !isGuarded && closesOnExec(effect, arguments) == false)
    if let name { analysis.descriptorNames[.descriptor(opened: currentPlace, part: part)] = name }
  }

  /// Nil where the flags are not known.
  private func closesOnExec(_ effect: DescriptorEffect, _ arguments: [SValue]) -> Bool? {
    switch effect.closeOnExec {
    case .never: return false
    case .always: return true
    case .flags(let index, let bits):
      // An optional argument that is left out.
      guard index < arguments.count else { return false }
      guard case .int(let flags) = arguments[index] else { return nil }
      return flags & bits != 0
    }
  }

  /// The variable or member to which the call's result goes.
  private func resultName(_ result: Int) -> String? {
    for block in body.blocks {
      for instruction in block.instructions {
        guard case .assign(let place, let value) = instruction.kind else { continue }
        var source = value
        while case .convert(_, let inner) = source { source = inner }
        if case .load(.variable(result)) = source, place != .variable(result) {
          return Self.lastName(place, body)
        }
      }
    }
    return nil
  }

  // MARK: Forgetting

  /// Descriptors among the values and in the locals that they lead to.
  func forgetDescriptors(reachedFrom values: [SValue], _ state: inout State) {
    guard !state.descriptors.isEmpty else { return }
    let table = analysis.table
    var seen: Set<RegionID> = []
    var work = values
    var found: Set<SymbolID> = []
    while let value = work.popLast() {
      switch value {
      case .int, .function: break
      case .symbol:
        table.forEachSymbol(in: value) { symbol in
          if state.descriptors[symbol] != nil { found.insert(symbol) }
          if let array = analysis.unclearSource(of: symbol) { work.append(.address(array)) }
        }
      case .address(let region):
        let base = table.base(of: region)
        guard seen.insert(base).inserted else { continue }
        for (part, inner) in state.store where table.base(of: part) == base { work.append(inner) }
      }
    }
    for symbol in found { state.descriptors[symbol] = nil }
  }

  /// What a state no longer knows where to find may be anywhere; what was overwritten is lost.
  func forgetLostDescriptors(before: State, overwritten: RegionID? = nil, _ state: inout State) {
    guard !state.descriptors.isEmpty else { return }
    for (region, value) in before.store where region != overwritten {
      guard case .symbol(let symbol) = value, state.descriptors[symbol] != nil,
        state.store[region] != value
      else { continue }
      if !state.store.contains(where: { $0.value == value }) { state.descriptors[symbol] = nil }
    }
  }

  /// A value goes where others than the functions under analysis may find it.
  func noteEscape(of value: SValue, to target: RegionID, isTracked: Bool, _ state: inout State) {
    guard !state.descriptors.isEmpty else { return }
    if !isTracked || !isFollowed(target) { forgetDescriptors(reachedFrom: [value], &state) }
  }

  /// What is stored there is found again by the functions under analysis and by nobody else.
  func isFollowed(_ region: RegionID) -> Bool {
    let base = analysis.table.base(of: region)
    if analysis.hasUnknownIndex(region) { return false }
    if case .outer = analysis.table.shape(base) { return true }
    return isLocal(base)
  }

  /// Known by now to be none, or a standard stream, which is left open on purpose.
  func forgetClosedDescriptors(_ state: inout State) {
    guard !state.descriptors.isEmpty else { return }
    let gone = state.descriptors.keys.filter { symbol in
      let value = Constraints.resolve(.symbol(symbol), state, analysis.table)
      return value != .symbol(symbol) || Constraints.interval(value, state, analysis.table).high <= 2
    }
    for symbol in gone { state.descriptors[symbol] = nil }
  }

  // MARK: At spawn calls and returns

  /// What the parent holds when it spawns is held for the child's sake.
  func noteHoldings(at call: InstructionRef, _ state: State) {
    guard analysis.isAboutParent else { return }
    analysis.contexts[context].trace.spawnCalls.insert(call)
    for (_, descriptor) in state.descriptors { note(descriptor, heldAt: call) }
    for holding in otherHoldings(state) { analysis.log.note(holding, heldAt: call) }
  }

  private func otherHoldings(_ state: State) -> [Holding] {
    var result: [Holding] = []
    for (_, lock) in state.held where lock.isHeld && !lock.isProtocol {
      if case .call = lock.origin { result.append(.lock(lock.origin)) }
    }
    if state.signals.mask.raisedAt != 0 { result.append(.mask(state.signals.mask.raisedAt)) }
    return result
  }

  /// The function under analysis returns: what it holds and has not handed over is lost or forgotten.
  func noteReturn(_ result: SValue?, of value: Value?, _ start: State) {
    guard analysis.isAboutParent else { return }
    var state = start
    forgetClosedDescriptors(&state)
    forgetReturned(result, value, &state)
    var held = Set(otherHoldings(state))
    for (_, descriptor) in state.descriptors { held.insert(descriptor.holding) }
    if state.signals.mask.raisedAt != 0 {
      let isLost = state.signals.savedIn.map { isLocal(analysis.table.base(of: $0)) } ?? false
      analysis.log.note(.mask(state.signals.mask.raisedAt), isLost: isLost)
    }
    analysis.log.note(ParentLog.Return(at: currentRef, hasChild: state.hasChild, held: held))
    noteWayOut(result, state)
  }

  /// What the caller gets as the result is the caller's.
  private func forgetReturned(_ result: SValue?, _ value: Value?, _ state: inout State) {
    if let result { forgetDescriptors(reachedFrom: [result], &state) }
    if case .load(let place)? = value, type(of: place).isRecord {
      forgetDescriptors(reachedFrom: [.address(region(of: place, state))], &state)
    }
  }

  /// A callee returns: its caller knows what the result and the caller's own memory hold.
  func keepFoundDescriptors(_ result: SValue?, of value: Value?, _ state: inout State) {
    guard !state.descriptors.isEmpty else { return }
    forgetClosedDescriptors(&state)
    if case .load(let place)? = value, type(of: place).isRecord {
      forgetDescriptors(reachedFrom: [.address(region(of: place, state))], &state)
    }
    let table = analysis.table
    var found: Set<SymbolID> = []
    // What is computed from it leads whoever knows how back to it.
    var mentioned: Set<SymbolID> = []
    func look(_ value: SValue) {
      if case .symbol(let symbol) = value { found.insert(symbol) }
      table.forEachSymbol(in: value) { mentioned.insert($0) }
    }
    if let result { look(result) }
    for (region, value) in state.store where !isLocal(table.base(of: region)) { look(value) }
    for (symbol, descriptor) in state.descriptors where !found.contains(symbol) {
      if case .slot = table.kind(symbol) { continue }
      // Only locals of this activation hold it, and they end here.
      if !mentioned.contains(symbol) { analysis.log.note(lost: descriptor.holding, at: currentRef) }
      state.descriptors[symbol] = nil
    }
  }
}

extension Analysis {
  /// The object that holds the value in one of its elements, where nobody can tell in which.
  func unclearSource(of symbol: SymbolID) -> RegionID? {
    switch table.kind(symbol) {
    case .initial(let region, _), .part(_, let region): hasUnknownIndex(region) ? table.base(of: region) : nil
    default: nil
    }
  }

  /// An element of which nobody can tell which one it is.
  func hasUnknownIndex(_ region: RegionID) -> Bool {
    var current: RegionID? = region
    while let next = current {
      if case .element(_, let index) = table.shape(next), case .symbol = index { return true }
      current = table.parent(of: next)
    }
    return false
  }
}
