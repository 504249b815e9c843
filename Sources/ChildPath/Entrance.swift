import Linking
import SpawnIR

/// A caller's state as the callee sees it: renamed, so that equal situations are one context, and
/// reduced to what the callee may look at.
struct Entrance {
  var state = State()
  /// What slot k stands for in the caller.
  var slots: [SValue] = []
  /// Which object of the caller outer(k) is.
  var outers: [RegionID] = []
  /// Regions of the caller whose bindings were handed in.
  var exported: [RegionID] = []
  /// The callee may look at held locks or change them.
  var handsInLocks = false
  /// The callee may look at the signal mask or change it.
  var handsInSignals = false
  /// Open descriptors of the caller that were handed in.
  var handedDescriptors: [SymbolID] = []
  /// Sets of signals, by region of the caller, that were handed in.
  var exportedSets: [RegionID] = []
}

/// Builds an `Entrance`.
struct EntranceBuilder {
  private let frame: Frame
  private let callee: FunctionID
  private let caller: State
  private var entrance = Entrance()
  private var slotIDs: [SymbolID: SymbolID] = [:]
  private var outerIDs: [RegionID: RegionID] = [:]
  private var reached: Set<RegionID> = []
  private var grew = false
  private var detail = Detail.all

  init(frame: Frame, callee: FunctionID, caller: State) {
    self.frame = frame
    self.callee = callee
    self.caller = caller
  }

  private var analysis: Analysis { frame.analysis }

  /// How much of the caller's state is handed in.
  enum Detail {
    case all
    /// Numbers, functions, addresses and signs only, when too many situations of the callee were met.
    case constants
    /// Of these, what variables of static storage duration hold on which a child's path turns: what they guard stays
    /// guarded however many situations there are.
    case guards
  }

  /// `records` holds, per argument, the object a structure argument is copied from.
  mutating func build(arguments: [SValue], records: [RegionID?], detail: Detail) -> Entrance {
    self.detail = detail
    for (index, tag) in caller.roles.enumerated() {
      entrance.state.roles.append(RoleTag(origin: .inherited(Int32(index)), context: tag.context))
    }
    if caller.hasChild { entrance.state.hasChild = true }
    if detail == .guards {
      exportReached()
      exportLocks()
      exportSignals()
      return entrance
    }
    let parameters = analysis.body(callee).parameters
    for (index, parameter) in parameters.enumerated() where index < arguments.count {
      guard analysis.relevance.contains(.variable(callee, parameter)) else { continue }
      let target = analysis.table.region(.variable(function: callee, parameter))
      if index < records.count, let source = records[index] {
        copyParts(of: source, to: target)
      } else {
        let decides = analysis.relevance.decides(.variable(callee, parameter))
        let value = convert(arguments[index], decides: decides)
        if detail == .all || isConstant(value) { entrance.state.store[target] = value }
      }
    }
    for (region, value) in caller.store {
      // Where `setjmp` was done in the child is remembered in every callee.
      guard case .ghost = analysis.table.shape(region),
        case .global = analysis.table.shape(analysis.table.base(of: region)), case .int = value
      else { continue }
      entrance.state.store[region] = value
      entrance.exported.append(region)
    }
    exportReached()
    exportLocks()
    exportSignals()
    exportDescriptors()
    let meetsStableValues =
      analysis.meetsStableValues[callee]
      || entrance.state.store.holds { _, value in
        analysis.table.contains(value) { if case .stable = analysis.table.kind($0) { true } else { false } }
      }
    for (symbol, facts) in caller.facts where meetsStableValues {
      // Such values have one name in every function.
      guard case .stable = analysis.table.kind(symbol), case .symbol(let other)? = facts.equal,
        case .stable = analysis.table.kind(other)
      else { continue }
      entrance.state.facts[symbol] = facts
    }
    exportBits()
    return entrance
  }

  /// Of a value that is handed in, what is known of single bits.
  private mutating func exportBits() {
    for (symbol, facts) in caller.facts {
      guard facts.equal == nil,
        case .binary(.bitAnd, .symbol(let base), let mask) = analysis.table.kind(symbol),
        case .int = mask, let slot = slotIDs[base]
      else { continue }
      let bits = analysis.table.symbol(
        .binary(.bitAnd, .symbol(slot), mask), bounds: analysis.table.bounds(of: symbol))
      let excluded = analysis.table.values(facts.excluded).filter(isPlain)
      entrance.state.facts[bits] = Facts(
        interval: facts.interval, excluded: analysis.table.exclusions(excluded))
    }
  }

  private mutating func exportLocks() {
    guard analysis.locks.touches[callee] || analysis.leadsToChildren(callee) else { return }
    entrance.handsInLocks = true
    for (region, lock) in caller.held { entrance.state.held[convert(region: region)] = lock }
  }

  /// The callee comes across the descriptors that a value handed in is.
  private mutating func exportDescriptors() {
    guard !caller.descriptors.isEmpty else { return }
    let spawns = analysis.graph.effects[callee].reachesSpawn
    for (symbol, descriptor) in caller.descriptors {
      guard let slot = slotIDs[symbol] else { continue }
      entrance.state.descriptors[slot] = spawns ? descriptor : .callers
      entrance.handedDescriptors.append(symbol)
    }
  }

  private mutating func exportSignals() {
    guard analysis.tracksSignals,
      analysis.signals.touches[callee] || analysis.leadsToChildren(callee)
    else { return }
    entrance.handsInSignals = true
    entrance.state.signals = caller.signals
    entrance.state.signals.sets = SortedMap()
    for (region, set) in caller.signals.sets where isMet(region) {
      entrance.state.signals.sets[convert(region: region)] = set
      entrance.exportedSets.append(region)
    }
  }

  /// The callee can come across the object.
  private func isMet(_ region: RegionID) -> Bool {
    let base = analysis.table.base(of: region)
    if case .global = analysis.table.shape(base) { return true }
    return reached.contains(base)
  }

  private mutating func copyParts(of source: RegionID, to target: RegionID) {
    for (region, value) in caller.store
    where analysis.table.isPart(region, of: source) {
      entrance.state.store[analysis.table.rebase(region, from: source, to: target)] = convert(value)
    }
    if caller.defaults[source] == .zero { entrance.state.defaults[target] = .zero }
  }

  private mutating func reach(_ base: RegionID) {
    if reached.insert(base).inserted { grew = true }
  }

  private func isReached(_ region: RegionID) -> Bool {
    let base = analysis.table.base(of: region)
    if case .global(let global) = analysis.table.shape(base) {
      guard reads(global) else { return false }
      return detail == .guards
        ? analysis.decidesInChildren(region) : analysis.relevance.contains(.global(global))
    }
    return detail != .guards && reached.contains(base)
  }

  /// Hands in what the callee can reach, and what that reaches in turn.
  private mutating func exportReached() {
    var done: Set<RegionID> = []
    grew = true
    while grew {
      grew = false
      for (region, value) in caller.store
      where !done.contains(region) && isReached(region) && matters(region) {
        done.insert(region)
        let converted = convert(value, decides: decides(region))
        guard detail == .all || isConstant(converted) else { continue }
        entrance.state.store[convert(region: region)] = converted
        entrance.exported.append(region)
      }
      // A pointer of which nothing is known leads to what something is known of.
      exportInitials(&done)
    }
    for (region, value) in caller.defaults where detail != .guards && isReached(region) && value == .zero {
      entrance.state.defaults[convert(region: region)] = .zero
      entrance.exported.append(region)
    }
  }

  /// Hands in what was not written since the caller was entered and is known by its first value alone.
  private mutating func exportInitials(_ done: inout Set<RegionID>) {
    for known in caller.facts.keys {
      var symbol = known
      if case .binary(.bitAnd, .symbol(let base), .int) = analysis.table.kind(known) { symbol = base }
      while case .initial(let region, let epoch) = analysis.table.kind(symbol) {
        if !done.contains(region), isReached(region), caller.store[region] == nil, matters(region),
          symbol != known || decides(region),
          frame.isLocal(analysis.table.base(of: region)) || epoch == caller.epoch
        {
          done.insert(region)
          let converted = convert(.symbol(symbol))
          if detail == .all || isConstant(converted) {
            entrance.state.store[convert(region: region)] = converted
            entrance.exported.append(region)
          }
        }
        guard case .pointee(let pointer) = analysis.table.shape(analysis.table.base(of: region)) else {
          break
        }
        symbol = pointer
      }
    }
  }

  private func matters(_ region: RegionID) -> Bool {
    let effects = analysis.graph.effects[callee]
    var current: RegionID? = region
    while let next = current {
      if case .field(_, let key) = analysis.table.shape(next) {
        return effects.readFields.contains(key) && analysis.relevance.contains(.field(key))
      }
      if case .ghost = analysis.table.shape(next) { return true }
      current = analysis.table.parent(of: next)
    }
    if case .global(let global) = analysis.table.shape(analysis.table.base(of: region)) {
      return reads(global)
    }
    return true
  }

  /// The callee reads the variable, or a handler does that may run once the callee has unblocked its signal.
  private func reads(_ global: GlobalID) -> Bool {
    if analysis.graph.effects[callee].readGlobals.contains(global) { return true }
    return analysis.tracksSignals && analysis.signals.touches[callee]
      && analysis.handlersReadGlobals.contains(global)
  }

  private func isConstant(_ value: SValue) -> Bool {
    switch value {
    case .int, .function: true
    case .address: detail != .guards
    case .symbol(let symbol): entrance.state.facts[symbol] != nil
    }
  }

  /// The callee, or a function it calls, compares or calls what stands there.
  private func decides(_ region: RegionID) -> Bool {
    var current: RegionID? = region
    while let next = current {
      if case .field(_, let key) = analysis.table.shape(next) {
        return analysis.relevance.decides(.field(key))
      }
      current = analysis.table.parent(of: next)
    }
    if case .global(let global) = analysis.table.shape(analysis.table.base(of: region)) {
      return analysis.relevance.decides(.global(global))
    }
    return true
  }

  private mutating func convert(_ value: SValue, decides: Bool = true) -> SValue {
    let value = Constraints.resolve(value, caller, analysis.table)
    switch value {
    case .int, .function: return value
    case .address(let region): return .address(convert(region: region))
    case .symbol(let symbol):
      if case .stable = analysis.table.kind(symbol) { return value }
      // What a condition was computed from stays known; how a number was, does not matter.
      if detail != .all { return .symbol(slot(symbol, withFacts: decides)) }
      switch analysis.table.kind(symbol) {
      case .unary(.logicalNot, let inner): return expression(symbol, .unary(.logicalNot, convert(inner)))
      case .toBool(let inner): return expression(symbol, .toBool(convert(inner)))
      case .binary(let op, let left, let right) where op.isComparison:
        return expression(symbol, .binary(op, convert(left), convert(right)))
      default: return .symbol(slot(symbol, withFacts: decides))
      }
    }
  }

  private mutating func expression(_ old: SymbolID, _ kind: SymbolKind) -> SValue {
    let limit = Constraints.interval(.symbol(old), caller, analysis.table)
    if limit.low == limit.high { return .int(limit.low) }
    let new = analysis.table.symbol(kind, bounds: analysis.table.bounds(of: old))
    if let facts = caller.facts[old] {
      let excluded = analysis.table.values(facts.excluded).filter(isPlain)
      entrance.state.facts[new] = Facts(
        interval: facts.interval, excluded: analysis.table.exclusions(excluded))
    }
    return .symbol(new)
  }

  private mutating func slot(_ symbol: SymbolID, withFacts: Bool) -> SymbolID {
    let new: SymbolID
    if let known = slotIDs[symbol] {
      new = known
    } else {
      let origin = analysis.table.origin(of: symbol)
      new = analysis.table.symbol(.slot(Int32(entrance.slots.count), origin: origin))
      slotIDs[symbol] = new
      entrance.slots.append(.symbol(symbol))
      reach(analysis.table.region(.pointee(symbol)))
    }
    guard withFacts, entrance.state.facts[new] == nil else { return new }
    let interval = Constraints.interval(.symbol(symbol), caller, analysis.table)
    if detail != .all {
      // The sign is enough for most tests, and there are few of them.
      var facts = Facts(interval: .any)
      if interval.low >= 1 { facts.interval = Interval(1, .max) }
      if interval.high <= -1 { facts.interval = Interval(.min, -1) }
      let excluded = analysis.table.values(caller.facts[symbol]?.excluded ?? .none).filter(isConstantName)
      facts.excluded = analysis.table.exclusions(excluded)
      if facts != Facts(interval: .any) { entrance.state.facts[new] = facts }
      return new
    }
    let excluded = analysis.table.values(caller.facts[symbol]?.excluded ?? .none)
    if interval != .any || !excluded.isEmpty {
      var facts = Facts(interval: interval)
      entrance.state.facts[new] = facts
      if !excluded.isEmpty {
        facts.excluded = analysis.table.exclusions(excluded.map { isPlain($0) ? $0 : convert($0) })
      }
      entrance.state.facts[new] = facts
    }
    return new
  }

  private func isPlain(_ value: SValue) -> Bool {
    switch value {
    case .int, .function: true
    case .address, .symbol: false
    }
  }

  /// The value has one name in every function.
  private func isConstantName(_ value: SValue) -> Bool {
    switch value {
    case .int, .function: true
    case .address(let region):
      if case .global = analysis.table.shape(region) { true } else { false }
    case .symbol: false
    }
  }

  private mutating func convert(region: RegionID) -> RegionID {
    switch analysis.table.shape(region) {
    case .field(let parent, let key): return analysis.table.region(.field(convert(region: parent), key))
    case .element(let parent, let index):
      return analysis.table.region(.element(convert(region: parent), convert(index)))
    case .ghost(let parent): return analysis.table.region(.ghost(convert(region: parent)))
    case .global:
      return region
    case .literal: return region
    case .pointee(let symbol):
      reach(region)
      switch convert(.symbol(symbol)) {
      case .symbol(let new): return analysis.table.region(.pointee(new))
      case .address(let target): return target
      case .int(let constant): return analysis.table.region(.literal("address \(constant)"))
      case .function(let name): return analysis.table.region(.literal("code \(name)"))
      }
    case .variable, .outer:
      if let known = outerIDs[region] { return known }
      let new = analysis.table.region(.outer(Int32(entrance.outers.count)))
      outerIDs[region] = new
      entrance.outers.append(region)
      reach(region)
      return new
    }
  }
}
