import Linking
import SpawnIR

/// A set of symbols that is emptied in no time.
final class SymbolMarks {
  private var stamps: [UInt32] = []
  private var current: UInt32 = 0

  func begin(_ count: Int) {
    if stamps.count < count { stamps += Array(repeating: 0, count: count - stamps.count) }
    current += 1
  }

  @discardableResult
  func insert(_ symbol: SymbolID) -> Bool {
    if stamps[Int(symbol)] == current { return false }
    stamps[Int(symbol)] = current
    return true
  }

  func contains(_ symbol: SymbolID) -> Bool { stamps[Int(symbol)] == current }
}

/// Dropping what no later instruction can ask for, so that equal futures are equal states.
extension Frame {
  /// Drops locals that are not read any more and facts about values that nothing holds.
  func forgetDead(_ state: inout State, live: Bits, keeping result: SValue? = nil) {
    let table = analysis.table
    let marks = analysis.marks
    marks.begin(table.symbolCount)
    var kept = live
    var grew = true
    func keepReached(by value: SValue) {
      if case .address(let region) = value {
        let variable = table.variable(ofRegion: region)
        if variable >= 0, kept.insert(Int(variable)) { grew = true }
      }
      table.forEachSymbol(in: value) { symbol in
        if marks.insert(symbol) { grew = true }
        let variable = table.variable(ofSymbol: symbol)
        if variable >= 0, kept.insert(Int(variable)) { grew = true }
      }
    }
    if let result { keepReached(by: result) }
    /// Memory behind a pointer that nothing holds any more cannot be met again.
    func isAlive(_ region: RegionID) -> Bool {
      let variable = table.variable(ofRegion: region)
      if variable >= 0 { return kept.contains(Int(variable)) }
      return !table.contains(region: region) { table.isMade($0) && !marks.contains($0) }
    }
    grew = true
    while grew {
      grew = false
      state.store.forEach { region, value in if isAlive(region) { keepReached(by: value) } }
    }
    if state.store.holds({ region, _ in !isAlive(region) }) {
      state.store.keep { region, _ in isAlive(region) }
    }
    if !state.defaults.isEmpty { state.defaults.keep { region, _ in isAlive(region) } }
    if !state.signals.sets.isEmpty { state.signals.sets.keep { region, _ in isAlive(region) } }
    guard !state.facts.isEmpty else { return }
    state.store.forEach { region, _ in table.forEachSymbol(inRegion: region) { marks.insert($0) } }
    var found = true
    while found {
      found = false
      state.facts.forEach { symbol, facts in
        guard let equal = facts.equal, marks.contains(symbol) else { return }
        table.forEachSymbol(in: equal) { if marks.insert($0) { found = true } }
      }
    }
    func isNeeded(_ symbol: SymbolID) -> Bool {
      marks.contains(symbol) || canStillBeRead(symbol, live: live, held: marks)
    }
    if state.facts.holds({ symbol, _ in !isNeeded(symbol) }) {
      state.facts.keep { symbol, _ in isNeeded(symbol) }
    }
  }

  /// The symbol can be met again without being bound anywhere.
  private func canStillBeRead(_ symbol: SymbolID, live: Bits, held: SymbolMarks) -> Bool {
    switch analysis.table.kind(symbol) {
    case .slot: return !isRoot
    case .stable: return true
    case .conjured, .merged: return held.contains(symbol)
    case .initial(let region, _):
      switch analysis.table.shape(analysis.table.base(of: region)) {
      case .variable(let function, let variable):
        return function != id || live.contains(variable) || held.contains(symbol)
      case .global(let global):
        return !isRoot || effects.readGlobals.contains(global)
      case .pointee(let pointer):
        guard isRoot else { return true }
        if case .field(_, let key) = analysis.table.shape(region),
          !effects.readFields.contains(key)
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

  private func canStillBeRead(_ value: SValue, live: Bits, held: SymbolMarks) -> Bool {
    guard case .symbol(let symbol) = value else { return true }
    return held.contains(symbol) || canStillBeRead(symbol, live: live, held: held)
  }

  /// The instruction is executed again: what it made the last time is another value now.
  func forgetConjured(_ state: inout State) {
    if !mayRepeat { return }
    let site = currentPlace
    let table = analysis.table
    func isOld(_ symbol: SymbolID) -> Bool { table.conjuredAt(symbol) == site }
    func mentionsOld(_ value: SValue) -> Bool { table.contains(value, isOld) }
    func regionMentionsOld(_ region: RegionID) -> Bool { table.contains(region: region, isOld) }
    let isTouched =
      state.descriptors.holds { symbol, _ in isOld(symbol) }
      || state.held.holds { region, _ in regionMentionsOld(region) }
      || state.signals.sets.holds { region, _ in regionMentionsOld(region) }
      || state.store.holds { region, value in mentionsOld(value) || regionMentionsOld(region) }
      || state.facts.holds { symbol, facts in
        mentionsOld(.symbol(symbol)) || facts.equal.map(mentionsOld) == true
          || (!facts.excluded.isEmpty && table.values(facts.excluded).contains(where: mentionsOld))
      }
      || state.defaults.holds { region, value in
        if case .unknown(let symbol) = value { return mentionsOld(.symbol(symbol)) }
        return regionMentionsOld(region)
      }
    if !isTouched { return }
    var changed = state
    var touched = false
    changed.held.keep { region, _ in !regionMentionsOld(region) }
    renameDescriptors(in: &changed, isOld: isOld)
    if changed.descriptors != state.descriptors { touched = true }
    if !changed.signals.sets.isEmpty {
      changed.signals.sets.keep { region, _ in !regionMentionsOld(region) }
    }
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
      guard table.values(facts.excluded).contains(where: mentionsOld) || facts.equal.map(mentionsOld) == true
      else {
        continue
      }
      changed.facts[symbol] = Facts(
        interval: facts.interval,
        excluded: table.exclusions(table.values(facts.excluded).filter { !mentionsOld($0) }))
      touched = true
    }
    if touched || changed.held.count != state.held.count
      || changed.signals.sets.count != state.signals.sets.count
    {
      state = changed
    }
  }

  /// Open descriptors that the instruction made the last time go by the name of where they are kept, if that
  /// is one place.
  private func renameDescriptors(in state: inout State, isOld: (SymbolID) -> Bool) {
    for (symbol, descriptor) in state.descriptors where isOld(symbol) {
      state.descriptors[symbol] = nil
      let holders = state.store.filter { $0.value == .symbol(symbol) }.keys
      guard holders.count == 1, let region = holders.first,
        !analysis.table.contains(region: region, isOld)
      else { continue }
      state.descriptors[analysis.table.symbol(.merged(site: -currentPlace, region))] = descriptor
    }
  }

  /// The object now holds something unknown.
  func bindUnknown(_ region: RegionID, type: TypeShape, tag: Int32, _ state: inout State) {
    let symbol = analysis.table.symbol(
      .conjured(site: currentPlace, tag: makerTag + tag),
      bounds: type.isNonNegative ? Interval(0, .max) : .any)
    Memory.writeDefault(region, .unknown(symbol), in: &state, analysis.table)
    if !type.isRecord, type.kind != .array { state.store[region] = .symbol(symbol) }
  }

  /// A call to unknown code: all memory it can reach may have changed.
  func forgetReachable(_ arguments: [SValue], ran effects: FunctionEffects? = nil, _ state: inout State) {
    let spared = effects.map { self.spared(by: $0, &state) } ?? []
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
      return isLocal(base) ? !escaped.contains(base) : spared.contains(base)
    }
    state.defaults = state.defaults.filter { item in
      let base = analysis.table.base(of: item.key)
      return isLocal(base) ? !escaped.contains(base) : spared.contains(base)
    }
    if !state.signals.sets.isEmpty {
      state.signals.sets.keep { region, _ in
        let base = analysis.table.base(of: region)
        return isLocal(base) && !escaped.contains(base)
      }
    }
    for base in escaped.sorted() {
      state.defaults[base] = .unknown(analysis.table.symbol(.merged(site: -epoch, base)))
      if case .variable(_, let index) = analysis.table.shape(base), !body.variables[index].type.isRecord {
        state.store[base] = .symbol(analysis.table.symbol(.merged(site: -epoch, base)))
      }
    }
    renewEpoch(epoch, &state)
  }

  /// Variables of static storage duration that a function cannot have changed, neither by name nor through a pointer.
  func spared(by effects: FunctionEffects, _ state: inout State) -> Set<RegionID> {
    if effects.callsUnknown { return [] }
    var found: Set<RegionID> = []
    func isSpared(_ base: RegionID) -> Bool {
      guard case .global(let global) = analysis.table.shape(base) else { return false }
      return !effects.modifiedGlobals.contains(global) && !analysis.globals.isAddressTaken(global)
    }
    for region in state.store.keys {
      let base = analysis.table.base(of: region)
      if !found.contains(base), isSpared(base) { found.insert(base) }
    }
    for region in state.defaults.keys where isSpared(analysis.table.base(of: region)) {
      found.insert(analysis.table.base(of: region))
    }
    // What it held at the start is known by that name only until the names are changed.
    for symbol in state.facts.keys {
      guard case .initial(let region, let epoch) = analysis.table.kind(symbol), epoch == state.epoch,
        state.store[region] == nil, isSpared(region)
      else { continue }
      state.store[region] = .symbol(symbol)
      found.insert(region)
    }
    return found
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
