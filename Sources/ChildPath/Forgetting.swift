import Linking
import SpawnIR

/// Dropping what no later instruction can ask for, so that equal futures are equal states.
extension Frame {
  /// Drops locals that are not read any more and facts about values that nothing holds.
  func forgetDead(_ state: inout State, live: Set<Int>, keeping result: SValue? = nil) {
    var keptBases: Set<RegionID> = []
    var work: [RegionID] = []
    func keep(_ base: RegionID) {
      if keptBases.insert(base).inserted { work.append(base) }
    }
    func keepBases(in value: SValue) {
      if case .address(let region) = value { keep(analysis.table.base(of: region)) }
      analysis.table.forEachSymbol(in: value) { symbol in
        if case .initial(let region, _) = analysis.table.kind(symbol) { keep(analysis.table.base(of: region)) }
      }
    }
    let partsByBase = Dictionary(grouping: state.store.keys) { analysis.table.base(of: $0) }
    for base in partsByBase.keys where !isLocal(base) { keep(base) }
    for variable in live { keep(variableRegion(variable)) }
    if let result { keepBases(in: result) }
    while let base = work.popLast() {
      for part in partsByBase[base] ?? [] {
        if let value = state.store[part] { keepBases(in: value) }
      }
    }
    state.store = state.store.filter { item in
      let base = analysis.table.base(of: item.key)
      return !isLocal(base) || keptBases.contains(base)
    }
    state.defaults = state.defaults.filter { item in
      let base = analysis.table.base(of: item.key)
      return !isLocal(base) || keptBases.contains(base)
    }
    guard !state.facts.isEmpty else { return }
    var held: Set<SymbolID> = []
    for (region, value) in state.store {
      analysis.table.forEachSymbol(in: value) { held.insert($0) }
      analysis.table.forEachSymbol(inRegion: region) { held.insert($0) }
    }
    if let result { analysis.table.forEachSymbol(in: result) { held.insert($0) } }
    var grew = true
    while grew {
      grew = false
      for symbol in held {
        guard let equal = state.facts[symbol]?.equal else { continue }
        analysis.table.forEachSymbol(in: equal) { if held.insert($0).inserted { grew = true } }
      }
    }
    state.facts = state.facts.filter { item in
      held.contains(item.key) || canStillBeRead(item.key, live: live, held: held)
    }
  }

  /// The symbol can be met again without being bound anywhere.
  private func canStillBeRead(_ symbol: SymbolID, live: Set<Int>, held: Set<SymbolID>) -> Bool {
    switch analysis.table.kind(symbol) {
    case .slot: return !isRoot
    case .conjured, .merged: return held.contains(symbol)
    case .initial(let region, _):
      switch analysis.table.shape(analysis.table.base(of: region)) {
      case .variable(let function, let variable):
        return function != id || live.contains(variable) || held.contains(symbol)
      case .global(let global):
        return !isRoot || analysis.graph.effects[id].readGlobals.contains(global)
      case .pointee(let pointer):
        guard isRoot else { return true }
        if case .field(_, let key) = analysis.table.shape(region),
          !analysis.graph.effects[id].readFields.contains(key)
        {
          return false
        }
        return held.contains(pointer) || canStillBeRead(pointer, live: live, held: held)
      case .outer: return true
      default: return held.contains(symbol)
      }
    case .part(let whole, _): return held.contains(whole) || canStillBeRead(whole, live: live, held: held)
    case .unary(_, let value), .toBool(let value), .narrowed(let value):
      return canStillBeRead(value, live: live, held: held)
    case .binary(_, let left, let right):
      return canStillBeRead(left, live: live, held: held) && canStillBeRead(right, live: live, held: held)
    }
  }

  private func canStillBeRead(_ value: SValue, live: Set<Int>, held: Set<SymbolID>) -> Bool {
    guard case .symbol(let symbol) = value else { return true }
    return held.contains(symbol) || canStillBeRead(symbol, live: live, held: held)
  }

  /// The instruction is executed again: what it made the last time is another value now.
  func forgetConjured(_ state: inout State) {
    let site = currentPlace
    func isOld(_ symbol: SymbolID) -> Bool {
      if case .conjured(site, _) = analysis.table.kind(symbol) { return true }
      return false
    }
    func mentionsOld(_ value: SValue) -> Bool {
      var found = false
      analysis.table.forEachSymbol(in: value) { if isOld($0) { found = true } }
      return found
    }
    func regionMentionsOld(_ region: RegionID) -> Bool {
      var found = false
      analysis.table.forEachSymbol(inRegion: region) { if isOld($0) { found = true } }
      return found
    }
    var changed = state
    var touched = false
    for (region, value) in state.store {
      if regionMentionsOld(region) {
        changed.store[region] = nil
        touched = true
      } else if mentionsOld(value) {
        let symbol = analysis.table.symbol(.merged(site: -site, region))
        changed.facts[symbol] = Facts(interval: Constraints.interval(value, state, analysis.table))
        changed.store[region] = .symbol(symbol)
        touched = true
      }
    }
    for (region, value) in state.defaults {
      if regionMentionsOld(region) {
        changed.defaults[region] = nil
        touched = true
      } else if case .unknown(let symbol) = value, mentionsOld(.symbol(symbol)) {
        changed.defaults[region] = .unknown(analysis.table.symbol(.merged(site: -site, region)))
        touched = true
      }
    }
    for symbol in state.facts.keys where mentionsOld(.symbol(symbol)) {
      changed.facts[symbol] = nil
      touched = true
    }
    for (symbol, facts) in changed.facts {
      guard facts.excluded.contains(where: mentionsOld) || facts.equal.map(mentionsOld) == true else { continue }
      changed.facts[symbol] = Facts(interval: facts.interval, excluded: facts.excluded.filter { !mentionsOld($0) })
      touched = true
    }
    if touched { state = changed }
  }

  /// The object now holds something unknown.
  func bindUnknown(_ region: RegionID, type: TypeShape, tag: Int32, _ state: inout State) {
    let symbol = analysis.table.symbol(
      .conjured(site: currentPlace, tag: tag), bounds: type.isNonNegative ? Interval(0, .max) : .any)
    Memory.writeDefault(region, .unknown(symbol), in: &state, analysis.table)
    if !type.isRecord, type.kind != .array { state.store[region] = .symbol(symbol) }
  }

  /// A call to unknown code: all memory it can reach may have changed.
  func forgetReachable(_ arguments: [SValue], _ state: inout State) {
    var escaped: Set<RegionID> = []
    var work: [SValue] = arguments
    for (region, value) in state.store where !isLocal(analysis.table.base(of: region)) { work.append(value) }
    while let value = work.popLast() {
      guard case .address(let region) = value else { continue }
      let base = analysis.table.base(of: region)
      guard isLocal(base), escaped.insert(base).inserted else { continue }
      for (part, inner) in state.store where analysis.table.base(of: part) == base { work.append(inner) }
    }
    let epoch = currentPlace
    state.store = state.store.filter { item in
      let base = analysis.table.base(of: item.key)
      return isLocal(base) && !escaped.contains(base)
    }
    state.defaults = state.defaults.filter { item in
      let base = analysis.table.base(of: item.key)
      return isLocal(base) && !escaped.contains(base)
    }
    for base in escaped.sorted() {
      state.defaults[base] = .unknown(analysis.table.symbol(.merged(site: -epoch, base)))
      if case .variable(_, let index) = analysis.table.shape(base), !body.variables[index].type.isRecord {
        state.store[base] = .symbol(analysis.table.symbol(.merged(site: -epoch, base)))
      }
    }
    renewEpoch(epoch, &state)
  }

  /// Memory that is bound nowhere gets new names; old facts about those names are void.
  func renewEpoch(_ epoch: Int32, _ state: inout State) {
    state.epoch = epoch
    func isStale(_ value: SValue) -> Bool {
      var found = false
      analysis.table.forEachSymbol(in: value) { symbol in
        switch analysis.table.kind(symbol) {
        case .initial(_, epoch: epoch), .merged(site: -epoch, _): found = true
        default: break
        }
      }
      return found
    }
    let stale = state.facts.keys.filter { isStale(.symbol($0)) }
    if stale.isEmpty { return }
    for (region, value) in state.store where isStale(value) {
      let symbol = analysis.table.symbol(.merged(site: -epoch &- 1_000_000, region))
      state.facts[symbol] = Facts(interval: Constraints.interval(value, state, analysis.table))
      state.store[region] = .symbol(symbol)
    }
    for symbol in stale { state.facts[symbol] = nil }
  }
}
