import Linking
import SpawnIR

/// Joining states that a bound no longer allows to keep apart.
enum Merging {
  /// How much is lost by joining two states. Values that exclude each other and on which a child's
  /// path turns are kept apart longest.
  static func distance(_ a: State, _ b: State, frame: Frame) -> Int {
    var sum = a.epoch == b.epoch ? 0 : 4
    SortedMap.forEachPair(a.store, b.store) { region, left, right in
      guard left != right else { return }
      let matters = frame.decidesInChildren(region)
      guard let left, let right else {
        sum += matters ? 2 : 1
        return
      }
      let x = Constraints.interval(left, a, frame.analysis.table)
      let y = Constraints.interval(right, b, frame.analysis.table)
      let isDisjoint = x.high < y.low || y.high < x.low
      sum += isDisjoint ? (matters ? 16 : 2) : (matters ? 3 : 1)
    }
    return sum + SortedMap.differences(a.facts, b.facts)
  }

  /// The two states of `states` that are joined with the least loss.
  static func nearestPair(_ states: [State], frame: Frame) -> (Int, Int) {
    // The last one is new: if it resembles another one, the rest need not be compared.
    let last = states.count - 1
    var best = (0, last)
    var least = Int.max
    for index in 0..<last {
      let distance = distance(states[index], states[last], frame: frame)
      if distance < least {
        least = distance
        best = (index, last)
      }
    }
    if least < 16 { return best }
    for first in 0..<last {
      for second in (first + 1)..<last {
        let distance = distance(states[first], states[second], frame: frame)
        if distance < least {
          least = distance
          best = (first, second)
        }
      }
    }
    return best
  }

  static func merge(_ a: State, _ b: State, site: Int32, widen: Bool, frame: Frame) -> State {
    merge(a, b, extra: nil, site: site, widen: widen, frame: frame).state
  }

  static func merge(_ a: Exit, _ b: Exit, site: Int32, frame: Frame) -> Exit {
    let (state, value) = merge(
      a.state, b.state, extra: (a.value ?? .int(0), b.value ?? .int(0)), site: site, widen: true, frame: frame)
    return Exit(state: state, value: a.value == nil && b.value == nil ? nil : value)
  }

  private static func merge(
    _ a: State, _ b: State, extra: (SValue, SValue)?, site: Int32, widen: Bool, frame: Frame
  ) -> (state: State, value: SValue?) {
    let analysis = frame.analysis
    var regions = Set(a.store.keys).union(b.store.keys)
    var differing: Set<RegionID> = []
    func value(_ region: RegionID, _ state: State) -> SValue {
      frame.read(region, type: .other, state)
    }
    for region in regions where a.store[region] != b.store[region] {
      if value(region, a) != value(region, b) { differing.insert(region) }
    }
    // A name given to a disagreement must not already stand for an older one elsewhere.
    var grew = true
    while grew {
      grew = false
      for region in regions where !differing.contains(region) {
        var clashes = false
        for held in [a.store[region], b.store[region]].compactMap({ $0 }) {
          analysis.table.forEachSymbol(in: held) { symbol in
            if case .merged(site, let other) = analysis.table.kind(symbol), differing.contains(other) {
              clashes = true
            }
          }
        }
        if clashes {
          differing.insert(region)
          grew = true
        }
      }
    }
    var result = State()
    result.roles = a.roles
    result.isAfterSpawn = a.isAfterSpawn
    result.epoch = a.epoch
    for (symbol, facts) in a.facts {
      guard let other = b.facts[symbol] else { continue }
      let joined = join(facts, other, .symbol(symbol), a, b, widen: widen, table: analysis.table)
      if let joined { result.facts[symbol] = joined }
    }
    regions.formUnion(differing)
    for region in regions.sorted() {
      let x = value(region, a)
      let y = value(region, b)
      guard differing.contains(region) else {
        if let held = a.store[region], held == b.store[region] {
          result.store[region] = held
        } else {
          result.store[region] = x
        }
        continue
      }
      if let joined = joinedAddress(x, y, site: site, region: region, frame: frame) {
        result.store[region] = joined
        continue
      }
      let symbol = analysis.table.symbol(.merged(site: site, region))
      if isOwnMemory(x, frame), isOwnMemory(y, frame) { analysis.ownPointers.insert(symbol) }
      result.store[region] = .symbol(symbol)
      result.facts[symbol] = joinedFacts(x, y, symbol: symbol, a, b, widen: widen, table: analysis.table)
    }
    for region in Set(a.defaults.keys).union(b.defaults.keys).sorted() {
      if a.defaults[region] == b.defaults[region] {
        result.defaults[region] = a.defaults[region]
      } else {
        result.defaults[region] = .unknown(analysis.table.symbol(.merged(site: site, region)))
      }
    }
    if a.epoch != b.epoch { frame.renewEpoch(site, &result) }
    var merged: SValue?
    if let (x, y) = extra {
      if x == y {
        merged = x
      } else {
        let symbol = analysis.table.symbol(.conjured(site: site, tag: -1))
        result.facts[symbol] = joinedFacts(x, y, symbol: symbol, a, b, widen: widen, table: analysis.table)
        merged = .symbol(symbol)
      }
    }
    return (result, merged)
  }

  /// The value points to a local of this function, whichever it is.
  private static func isOwnMemory(_ value: SValue, _ frame: Frame) -> Bool {
    switch value {
    case .address(let region): frame.isLocal(frame.analysis.table.base(of: region))
    case .symbol(let symbol): frame.analysis.ownPointers.contains(symbol)
    case .int(0): true
    case .int, .function: false
    }
  }

  /// Two places of one array are a place of that array.
  private static func joinedAddress(
    _ x: SValue, _ y: SValue, site: Int32, region: RegionID, frame: Frame
  ) -> SValue? {
    guard case .address(let first) = x, case .address(let second) = y else { return nil }
    let table = frame.analysis.table
    func array(_ region: RegionID) -> RegionID {
      if case .element(let parent, _) = table.shape(region) { return parent }
      return region
    }
    guard array(first) == array(second) else { return nil }
    let index = frame.analysis.table.symbol(.merged(site: site, region))
    return .address(frame.analysis.table.region(.element(array(first), .symbol(index))))
  }

  private static func joinedFacts(
    _ x: SValue, _ y: SValue, symbol: SymbolID, _ a: State, _ b: State, widen: Bool, table: SymbolTable
  ) -> Facts? {
    let left = Constraints.interval(x, a, table)
    let right = Constraints.interval(y, b, table)
    var interval = left.union(right)
    if widen {
      interval = Interval(
        right.low < left.low || left.low < right.low ? widenLow(interval.low) : interval.low,
        right.high != left.high ? widenHigh(interval.high) : interval.high)
    }
    var excluded: [SValue] = []
    var candidates = exclusions(of: x, a) + exclusions(of: y, b)
    if interval.low < 0, interval.high > 0 { candidates.append(.int(0)) }
    for candidate in candidates where !excluded.contains(candidate) {
      if Constraints.decide(.notEqual, x, candidate, a, table) == true,
        Constraints.decide(.notEqual, y, candidate, b, table) == true
      {
        excluded.append(candidate)
      }
    }
    if interval == .any, excluded.isEmpty { return nil }
    return Facts(interval: interval, excluded: Array(excluded.prefix(Facts.most)))
  }

  private static func exclusions(of value: SValue, _ state: State) -> [SValue] {
    if case .symbol(let symbol) = value { return state.facts[symbol]?.excluded ?? [] }
    return []
  }

  private static func join(
    _ x: Facts, _ y: Facts, _ value: SValue, _ a: State, _ b: State, widen: Bool, table: SymbolTable
  ) -> Facts? {
    if x == y { return x }
    let left = Constraints.interval(value, a, table)
    let right = Constraints.interval(value, b, table)
    var interval = left.union(right)
    if widen, left != right { interval = Interval(widenLow(interval.low), widenHigh(interval.high)) }
    var excluded: [SValue] = []
    for candidate in x.excluded + y.excluded where !excluded.contains(candidate) {
      if Constraints.decide(.notEqual, value, candidate, a, table) == true,
        Constraints.decide(.notEqual, value, candidate, b, table) == true
      {
        excluded.append(candidate)
      }
    }
    if interval == .any, excluded.isEmpty { return nil }
    return Facts(interval: interval, excluded: Array(excluded.prefix(Facts.most)))
  }

  /// Bounds that grow jump to the nearest sign boundary, so that growing ends.
  private static func widenLow(_ low: Int64) -> Int64 {
    low >= 1 ? 1 : low >= 0 ? 0 : low >= -1 ? -1 : .min
  }

  private static func widenHigh(_ high: Int64) -> Int64 {
    high <= -1 ? -1 : high <= 0 ? 0 : .max
  }
}
