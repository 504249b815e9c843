import Linking
import SpawnIR

/// Joining states that a bound no longer allows to keep apart.
enum Merging {
  /// From this distance on, values differ that exclude each other and on which a child's path turns.
  static let farDistance = 16

  /// How much is lost by joining two states. Values that exclude each other and on which a child's
  /// path turns are kept apart longest. Where it is not less than `bound`, counting stops.
  static func distance(_ a: State, _ b: State, below bound: Int, analysis: Analysis) -> Int {
    var sum = a.epoch == b.epoch ? 0 : 4
    SortedMap.forEachDifference(a.store, b.store) { region, left, right in
      let matters = analysis.decidesInChildren(region)
      guard let left, let right else {
        sum += matters ? 2 : 1
        return sum < bound
      }
      let x = Constraints.interval(left, a, analysis.table)
      let y = Constraints.interval(right, b, analysis.table)
      let isDisjoint = x.high < y.low || y.high < x.low
      sum += isDisjoint ? (matters ? farDistance : 2) : (matters ? 3 : 1)
      return sum < bound
    }
    if sum >= bound { return sum }
    SortedMap.forEachDifference(a.facts, b.facts) { symbol, _, _ in
      // That two stable values are equal is asked in children alone.
      if case .stable = analysis.table.kind(symbol) { sum += farDistance } else { sum += 1 }
      return sum < bound
    }
    return sum
  }

  /// The states differ, as far as a child's path or the choice of a spawn call can turn on it, in one
  /// value at most: no correlation is lost when they become one.
  static func isLossless(_ a: State, _ b: State, analysis: Analysis) -> Bool {
    differences(a, b, analysis: analysis, most: 1) <= 1
  }

  static func isLossless(_ a: Exit, _ b: Exit, analysis: Analysis) -> Bool {
    if a.value == b.value { return isLossless(a.state, b.state, analysis: analysis) }
    guard let x = a.value, let y = b.value, isUnionOfNumbers(x, y) else { return false }
    return differences(a.state, b.state, analysis: analysis, most: 0) == 0
  }

  private static func isUnionOfNumbers(_ x: SValue?, _ y: SValue?) -> Bool {
    func isNumber(_ value: SValue?) -> Bool {
      switch value {
      case .int, .symbol, nil: true
      case .address, .function: false
      }
    }
    return isNumber(x) && isNumber(y)
  }

  /// The number of values in which they differ and on which a child's path can turn; past `most` counting stops.
  private static func differences(_ a: State, _ b: State, analysis: Analysis, most: Int) -> Int {
    guard a.isAlike(b), a.print(analysis).mayDiffer(from: b.print(analysis), inAtMost: most) else {
      return .max
    }
    let table = analysis.table
    var count = 0
    var explained: [SymbolID] = []
    var behindPointers: [(pointer: SymbolID, left: SValue?, right: SValue?)] = []
    func note(_ left: SValue?, _ right: SValue?) {
      count += isUnionOfNumbers(left, right) ? 1 : 2
      if case .symbol(let symbol)? = left { explained.append(symbol) }
      if case .symbol(let symbol)? = right { explained.append(symbol) }
    }
    SortedMap.forEachDifference(a.store, b.store) { region, left, right in
      guard analysis.decidesInChildren(region) else { return true }
      if case .pointee(let pointer) = table.shape(table.base(of: region)) {
        behindPointers.append((pointer, left, right))
      } else {
        note(left, right)
      }
      return count <= most
    }
    if count > most || (behindPointers.isEmpty && a.facts == b.facts) { return count }
    if behindPointers.isEmpty, knownDifferences(a, b, explained, analysis, below: count, most: most) {
      return .max
    }
    let marks = analysis.marks
    marks.begin(table.symbolCount)
    for symbol in a.decisiveSymbols(analysis) { marks.insert(symbol) }
    for symbol in b.decisiveSymbols(analysis) { marks.insert(symbol) }
    for item in behindPointers where count <= most && isMet(item.pointer, marks, analysis) {
      note(item.left, item.right)
    }
    if count > most { return count }
    SortedMap.forEachDifference(a.facts, b.facts) { symbol, _, _ in
      if !explained.contains(symbol), isMet(symbol, marks, analysis) { count += 1 }
      return count <= most
    }
    return count
  }

  /// Values that are met in any case differ, and more than `most` with those that were counted.
  private static func knownDifferences(
    _ a: State, _ b: State, _ explained: [SymbolID], _ analysis: Analysis, below counted: Int, most: Int
  ) -> Bool {
    var count = counted
    SortedMap.forEachDifference(a.facts, b.facts) { symbol, _, _ in
      switch analysis.table.kind(symbol) {
      case .slot, .stable: if !explained.contains(symbol) { count += 1 }
      default: break
      }
      return count <= most
    }
    return count > most
  }

  /// A child's path can come across the value: something on which it turns holds it.
  private static func isMet(_ symbol: SymbolID, _ marks: SymbolMarks, _ analysis: Analysis) -> Bool {
    if marks.contains(symbol) { return true }
    switch analysis.table.kind(symbol) {
    case .conjured, .merged: return false
    case .slot, .stable: return true
    case .part(let whole, _): return isMet(whole, marks, analysis)
    case .initial(let region, _):
      guard analysis.decidesInChildren(region) else { return false }
      if case .pointee(let pointer) = analysis.table.shape(analysis.table.base(of: region)) {
        return isMet(pointer, marks, analysis)
      }
      return true
    case .unary(_, let inner), .toBool(let inner), .narrowed(let inner): return isMet(inner, marks, analysis)
    case .binary(_, let left, let right):
      return isMet(left, marks, analysis) || isMet(right, marks, analysis)
    }
  }

  private static func isMet(_ value: SValue, _ marks: SymbolMarks, _ analysis: Analysis) -> Bool {
    if case .symbol(let symbol) = value { return isMet(symbol, marks, analysis) }
    return false
  }

  static func merge(_ a: State, _ b: State, site: Int32, widen: Bool, frame: Frame) -> State {
    merge(a, b, extra: nil, site: site, widen: widen, frame: frame).state
  }

  static func merge(_ a: Exit, _ b: Exit, site: Int32, frame: Frame) -> Exit {
    let (state, value) = merge(
      a.state, b.state, extra: (a.value ?? .int(0), b.value ?? .int(0)), site: site, widen: true, frame: frame
    )
    return Exit(state: state, value: a.value == nil && b.value == nil ? nil : value)
  }

  private static func merge(
    _ a: State, _ b: State, extra: (SValue, SValue)?, site: Int32, widen: Bool, frame: Frame
  ) -> (state: State, value: SValue?) {
    let analysis = frame.analysis
    let table = analysis.table
    let differing = differingRegions(a, b, site: site, frame: frame)
    var result = State()
    result.roles = a.roles
    result.isAfterSpawn = a.isAfterSpawn
    result.epoch = a.epoch
    result.held = a.held == b.held ? a.held : a.held.filter { b.held[$0.key] == $0.value }
    result.signals = SignalState.merge(a.signals, b.signals, unknown: site)
    result.hasChild = a.hasChild && b.hasChild
    result.descriptors = commonDescriptors(a, b, differing, extra)
    var facts = SortedMap<SymbolID, Facts>()
    SortedMap.forEachPair(a.facts, b.facts) { symbol, left, right in
      guard let left, let right else { return }
      let joined = join(left, right, .symbol(symbol), a, b, widen: widen, table: table)
      if let joined { facts.append(symbol, joined) }
    }
    var store = SortedMap<RegionID, SValue>()
    var next = 0
    SortedMap.forEachPair(a.store, b.store) { region, left, right in
      guard next < differing.count, differing[next] == region else {
        if let left, left == right {
          store.append(region, left)
        } else {
          store.append(region, frame.read(region, type: .other, a))
        }
        return
      }
      next += 1
      let x = frame.read(region, type: .other, a)
      let y = frame.read(region, type: .other, b)
      if let joined = joinedAddress(x, y, site: site, region: region, frame: frame) {
        store.append(region, joined)
        return
      }
      let symbol = table.symbol(.merged(site: site, region))
      if isOwnMemory(x, frame), isOwnMemory(y, frame) { analysis.ownPointers.insert(symbol) }
      store.append(region, .symbol(symbol))
      facts[symbol] = joinedFacts(x, y, symbol: symbol, a, b, widen: widen, table: table)
    }
    result.store = store
    result.facts = facts
    if a.defaults == b.defaults {
      result.defaults = a.defaults
    } else {
      var defaults = SortedMap<RegionID, ObjectDefault>()
      SortedMap.forEachPair(a.defaults, b.defaults) { region, left, right in
        if let left, left == right {
          defaults.append(region, left)
        } else {
          defaults.append(region, .unknown(table.symbol(.merged(site: site, region))))
        }
      }
      result.defaults = defaults
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

  /// What is open in both and found at the same places.
  private static func commonDescriptors(
    _ a: State, _ b: State, _ differing: [RegionID], _ extra: (SValue, SValue)?
  ) -> SortedMap<SymbolID, Descriptor> {
    if a.descriptors.isEmpty || b.descriptors.isEmpty { return SortedMap() }
    var moved: Set<SValue> = []
    for region in differing {
      if let value = a.store[region] { moved.insert(value) }
      if let value = b.store[region] { moved.insert(value) }
    }
    if let (x, y) = extra, x != y { moved.formUnion([x, y]) }
    return a.descriptors.filter { symbol, descriptor in
      b.descriptors[symbol] == descriptor && !moved.contains(.symbol(symbol))
    }
  }

  /// Bound regions whose values differ, in order.
  private static func differingRegions(_ a: State, _ b: State, site: Int32, frame: Frame) -> [RegionID] {
    let table = frame.analysis.table
    var differing: [RegionID] = []
    SortedMap.forEachDifference(a.store, b.store) { region, _, _ in
      if frame.read(region, type: .other, a) != frame.read(region, type: .other, b) {
        differing.append(region)
      }
      return true
    }
    // A name given to a disagreement must not already stand for an older one elsewhere.
    func clashes(_ value: SValue?) -> Bool {
      guard let value else { return false }
      return table.contains(value) { symbol in
        guard case .merged(site, let other) = table.kind(symbol) else { return false }
        return differing.contains(other)
      }
    }
    var grew = !differing.isEmpty
    while grew {
      grew = false
      var more: [RegionID] = []
      SortedMap.forEachPair(a.store, b.store) { region, left, right in
        guard clashes(left) || clashes(right), !differing.contains(region) else { return }
        more.append(region)
      }
      if more.isEmpty { break }
      differing = (differing + more).sorted()
      grew = true
    }
    return differing
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
      var current = region
      while case .element(let parent, _) = table.shape(current) { current = parent }
      return current
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
    if widen { interval = widened(left, by: right) }
    let straddles = interval.low < 0 && interval.high > 0
    if !straddles, !hasExclusions(x, a), !hasExclusions(y, b) {
      return interval == .any ? nil : Facts(interval: interval)
    }
    var excluded: [SValue] = []
    var candidates = exclusions(of: x, a, table) + exclusions(of: y, b, table)
    if interval.low < 0, interval.high > 0 { candidates.append(.int(0)) }
    for candidate in candidates where !excluded.contains(candidate) {
      if Constraints.decide(.notEqual, x, candidate, a, table) == true,
        Constraints.decide(.notEqual, y, candidate, b, table) == true
      {
        excluded.append(candidate)
      }
    }
    if interval == .any, excluded.isEmpty { return nil }
    return Facts(interval: interval, excluded: table.exclusions(Array(excluded.prefix(Facts.most))))
  }

  private static func hasExclusions(_ value: SValue, _ state: State) -> Bool {
    if case .symbol(let symbol) = value { return state.facts[symbol].map { !$0.excluded.isEmpty } ?? false }
    return false
  }

  private static func exclusions(of value: SValue, _ state: State, _ table: SymbolTable) -> [SValue] {
    if case .symbol(let symbol) = value { return table.values(state.facts[symbol]?.excluded ?? .none) }
    return []
  }

  private static func join(
    _ x: Facts, _ y: Facts, _ value: SValue, _ a: State, _ b: State, widen: Bool, table: SymbolTable
  ) -> Facts? {
    if x == y { return x }
    let left = Constraints.interval(value, a, table)
    let right = Constraints.interval(value, b, table)
    var interval = left.union(right)
    if widen { interval = widened(left, by: right) }
    var excluded: [SValue] = []
    // Errors and pids without the child's 0 in between: the hole must not be lost.
    let hole: [SValue] = interval.low < 0 && interval.high > 0 ? [.int(0)] : []
    for candidate in table.values(x.excluded) + table.values(y.excluded) + hole
    where !excluded.contains(candidate) {
      if Constraints.decide(.notEqual, value, candidate, a, table) == true,
        Constraints.decide(.notEqual, value, candidate, b, table) == true
      {
        excluded.append(candidate)
      }
    }
    if interval == .any, excluded.isEmpty { return nil }
    return Facts(interval: interval, excluded: table.exclusions(Array(excluded.prefix(Facts.most))))
  }

  /// The older state comes first: what the newer one does not exceed need not grow.
  private static func widened(_ old: Interval, by new: Interval) -> Interval {
    Interval(
      new.low < old.low ? widenLow(new.low) : old.low, new.high > old.high ? widenHigh(new.high) : old.high)
  }

  /// Bounds that grow jump to the next of a few numbers, so that growing ends: signs, and the small ones
  /// that name descriptors and count arguments.
  private static func widenLow(_ low: Int64) -> Int64 {
    low > smallNumbers.upperBound ? smallNumbers.upperBound : low >= smallNumbers.lowerBound ? low : .min
  }

  private static func widenHigh(_ high: Int64) -> Int64 {
    high < smallNumbers.lowerBound ? smallNumbers.lowerBound : high <= smallNumbers.upperBound ? high : .max
  }

  private static let smallNumbers: ClosedRange<Int64> = -1...3
}
