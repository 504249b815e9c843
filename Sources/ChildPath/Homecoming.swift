import Linking
import SpawnIR

/// A callee's exit translated back into the caller's names.
struct Homecoming {
  private let frame: Frame
  private let callee: FunctionID
  private let entrance: Entrance
  private let before: State
  private var names: [SymbolID: SValue] = [:]
  private var nextTag: Int32 = 100

  init(frame: Frame, callee: FunctionID, entrance: Entrance, before: State) {
    self.frame = frame
    self.callee = callee
    self.entrance = entrance
    self.before = before
  }

  private var analysis: Analysis { frame.analysis }

  /// Nil when the exit contradicts what the caller knows.
  mutating func apply(_ exit: Exit) -> (state: State, value: SValue?)? {
    var state = before
    let roles = exit.state.roles.map { tag in
      guard case .inherited(let index) = tag.origin, Int(index) < before.roles.count else { return tag }
      return before.roles[Int(index)]
    }
    // What is the same stays shared: that is compared fastest.
    if roles != before.roles { state.roles = roles }
    state.isAfterSpawn = before.isAfterSpawn || exit.state.isAfterSpawn
    if entrance.handsInLocks {
      var held = SortedMap<RegionID, LockState>()
      for (region, lock) in exit.state.held where !isCallees(region) { held[back(region: region)] = lock }
      if held != before.held { state.held = held }
    }
    if entrance.handsInSignals { takeBackSignals(exit.state.signals, &state) }
    for region in entrance.exported {
      state.store[region] = nil
      if state.defaults[region] == .zero { state.defaults[region] = nil }
    }
    if exit.state.epoch != 0 { forgetMemory(epoch: exit.state.epoch, &state) }
    clearReplaced(exit, &state)
    for (region, value) in exit.state.defaults where !isCallees(region) {
      let target = back(region: region)
      switch value {
      case .zero: state.defaults[target] = .zero
      case .unknown(let symbol):
        if case .symbol(let new) = back(.symbol(symbol)) { state.defaults[target] = .unknown(new) }
      case .copy(let source, let epoch):
        if !isCallees(source) { state.defaults[target] = .copy(back(region: source), epoch: epoch) }
      }
    }
    for (region, value) in exit.state.store where !isCallees(region) {
      state.store[back(region: region)] = back(value)
    }
    for (symbol, facts) in exit.state.facts {
      guard learn(facts, about: back(.symbol(symbol)), &state) else { return nil }
    }
    takeBackDescriptors(exit.state, &state)
    return (state, exit.value.map { back($0) })
  }

  private mutating func takeBackDescriptors(_ exit: State, _ state: inout State) {
    state.hasChild = before.hasChild || exit.hasChild
    for symbol in entrance.handedDescriptors { state.descriptors[symbol] = nil }
    for (symbol, descriptor) in exit.descriptors {
      guard case .symbol(let new) = back(.symbol(symbol)) else { continue }
      if case .slot = analysis.table.kind(symbol) {
        state.descriptors[new] = before.descriptors[new]
        continue
      }
      let isFound = state.store.contains { region, value in
        value == .symbol(new) && !frame.isFollowed(region)
      }
      if !isFound { state.descriptors[new] = descriptor }
    }
  }

  private mutating func takeBackSignals(_ signals: SignalState, _ state: inout State) {
    var sets = before.signals.sets
    for region in entrance.exportedSets { sets[region] = nil }
    for (region, set) in signals.sets where !isCallees(region) { sets[back(region: region)] = set }
    var taken = signals
    taken.sets = sets
    if taken != before.signals { state.signals = taken }
  }

  /// Objects that the callee filled as a whole keep none of the parts the caller knew.
  private mutating func clearReplaced(_ exit: Exit, _ state: inout State) {
    for (region, value) in exit.state.defaults
    where !isCallees(region) && entrance.state.defaults[region] != value {
      Memory.clear(back(region: region), in: &state, analysis.table)
    }
    for (region, value) in exit.state.store where !isCallees(region) && entrance.state.store[region] != value
    {
      Memory.clear(back(region: region), in: &state, analysis.table)
    }
  }

  private func forgetMemory(epoch: Int32, _ state: inout State) {
    let spared = frame.spared(by: analysis.graph.effects[callee], &state)
    let reachable = Set(entrance.outers.map { analysis.table.base(of: $0) })
    state.store = state.store.filter { item in
      let base = analysis.table.base(of: item.key)
      return frame.isLocal(base) ? !reachable.contains(base) : spared.contains(base)
    }
    state.defaults = state.defaults.filter { item in
      let base = analysis.table.base(of: item.key)
      return frame.isLocal(base) ? !reachable.contains(base) : spared.contains(base)
    }
    frame.renewEpoch(epoch, &state)
  }

  private mutating func learn(_ facts: Facts, about value: SValue, _ state: inout State) -> Bool {
    if let equal = facts.equal {
      return Constraints.compare(.equal, value, back(equal), &state, frame.analysis.table)
    }
    if facts.interval.low > .min,
      !Constraints.compare(
        .greaterOrEqual, value, .int(facts.interval.low), &state, frame.analysis.table)
    {
      return false
    }
    if facts.interval.high < .max,
      !Constraints.compare(.lessOrEqual, value, .int(facts.interval.high), &state, frame.analysis.table)
    {
      return false
    }
    for other in analysis.table.values(facts.excluded)
    where !Constraints.compare(.notEqual, value, back(other), &state, frame.analysis.table) {
      return false
    }
    return true
  }

  private func isCallees(_ region: RegionID) -> Bool {
    if case .variable(callee, _) = analysis.table.shape(analysis.table.base(of: region)) { return true }
    return false
  }

  mutating func back(_ value: SValue) -> SValue {
    switch value {
    case .int, .function: return value
    case .address(let region):
      if isCallees(region) { return fresh(for: nil, bounds: Interval(0, .max)) }
      return .address(back(region: region))
    case .symbol(let symbol):
      if let known = names[symbol] { return known }
      let made = make(symbol)
      names[symbol] = made
      return made
    }
  }

  private mutating func make(_ symbol: SymbolID) -> SValue {
    let limit = analysis.table.bounds(of: symbol)
    switch analysis.table.kind(symbol) {
    case .slot(let index, _):
      return Int(index) < entrance.slots.count
        ? entrance.slots[Int(index)] : fresh(for: symbol, bounds: limit)
    case .initial(let region, let epoch):
      if isCallees(region) { return fresh(for: symbol, bounds: limit) }
      let target = back(region: region)
      if epoch == 0 {
        return frame.read(target, type: limit.low >= 0 ? .init(.pointer) : .other, before)
      }
      return .symbol(frame.analysis.table.symbol(.initial(target, epoch: epoch), bounds: limit))
    case .conjured, .merged: return fresh(for: symbol, bounds: limit)
    case .stable: return .symbol(symbol)
    case .part(let whole, let region):
      if case .symbol(let new) = back(.symbol(whole)), !isCallees(region) {
        return .symbol(frame.analysis.table.symbol(.part(new, back(region: region)), bounds: limit))
      }
      return fresh(for: symbol, bounds: limit)
    case .unary(let op, let inner): return frame.unary(op, back(inner), before)
    case .binary(let op, let left, let right): return frame.binary(op, back(left), back(right), before)
    case .toBool(let inner): return frame.convert(back(inner), to: TypeShape(.bool), before)
    case .narrowed(let inner):
      return .symbol(frame.analysis.table.symbol(.narrowed(back(inner)), bounds: limit))
    }
  }

  private mutating func fresh(for symbol: SymbolID?, bounds: Interval) -> SValue {
    nextTag += 1
    return .symbol(
      frame.analysis.table.symbol(
        .conjured(site: frame.currentPlace, tag: frame.makerTag + nextTag), bounds: bounds))
  }

  mutating func back(region: RegionID) -> RegionID {
    switch analysis.table.shape(region) {
    case .global, .literal, .variable: return region
    case .outer(let index):
      return Int(index) < entrance.outers.count ? entrance.outers[Int(index)] : region
    case .pointee(let symbol): return frame.pointee(of: back(.symbol(symbol)))
    case .field(let parent, let key):
      return frame.analysis.table.region(.field(back(region: parent), key))
    case .element(let parent, let index):
      let target = back(region: parent)
      let at = back(index)
      return at == .int(0) ? target : frame.analysis.table.region(.element(target, at))
    case .ghost(let parent): return frame.analysis.table.region(.ghost(back(region: parent)))
    }
  }
}
