import Linking
import SpawnIR

/// Reading and writing a state's memory.
struct Memory {
  /// The value a region holds. Unbound memory yields the same symbol every time.
  static func read(
    _ region: RegionID, type: TypeShape, in state: State, _ table: SymbolTable,
    isLocalBase: (RegionID) -> Bool
  ) -> SValue {
    if let bound = state.store[region] { return Constraints.resolve(bound, state, table) }
    let limit = type.isNonNegative ? Interval(0, .max) : Interval.any
    var ancestor: RegionID? = region
    var isElement = false
    while let current = ancestor {
      if let value = state.defaults[current] {
        switch value {
        case .zero: return .int(0)
        case .unknown(let symbol):
          return Constraints.resolve(
            .symbol(table.symbol(.part(symbol, region), bounds: limit)), state, table)
        case .copy(let source, let epoch):
          let origin = table.rebase(region, from: current, to: source)
          return Constraints.resolve(
            .symbol(table.symbol(.initial(origin, epoch: epoch), bounds: limit)), state, table)
        }
      }
      // What an array's own region holds is its first element.
      if current != region, !isElement, case .symbol(let whole)? = state.store[current] {
        return Constraints.resolve(.symbol(table.symbol(.part(whole, region), bounds: limit)), state, table)
      }
      if case .element = table.shape(current) { isElement = true } else { isElement = false }
      ancestor = table.parent(of: current)
    }
    let epoch = isLocalBase(table.base(of: region)) ? 0 : state.epoch
    return Constraints.resolve(
      .symbol(table.symbol(.initial(region, epoch: epoch), bounds: limit)), state, table)
  }

  /// Forgets what was known of the region's parts.
  static func clear(_ region: RegionID, in state: inout State, _ table: SymbolTable) {
    state.store.keep { part, _ in !table.isPart(part, of: region) }
    state.defaults.keep { part, _ in !table.isPart(part, of: region) }
  }

  static func write(_ region: RegionID, _ value: SValue, in state: inout State, _ table: SymbolTable) {
    forgetAliasedElements(of: region, in: &state, table)
    // An array's own region is its first element: the others, and what they are by default, stay.
    state.store.keep { part, _ in !isInside(part, region, table) }
    state.defaults.keep { part, _ in part == region || !isInside(part, region, table) }
    state.store[region] = value
  }

  /// As `isPart`, the other elements excepted where the region is an array's first.
  private static func isInside(_ region: RegionID, _ ancestor: RegionID, _ table: SymbolTable) -> Bool {
    guard table.isPart(region, of: ancestor) else { return false }
    var current = region
    while current != ancestor, let parent = table.parent(of: current) {
      if parent == ancestor, case .element = table.shape(current) { return false }
      current = parent
    }
    return true
  }

  static func writeDefault(
    _ region: RegionID, _ value: ObjectDefault, in state: inout State, _ table: SymbolTable
  ) {
    forgetAliasedElements(of: region, in: &state, table)
    clear(region, in: &state, table)
    state.defaults[region] = value
  }

  /// Copies a whole record.
  static func copy(
    from source: RegionID, to target: RegionID, in state: inout State, _ table: SymbolTable,
    isLocalBase: (RegionID) -> Bool
  ) {
    if source == target { return }
    let values = state.store.filter { table.isPart($0.key, of: source) }
    let wholes = state.defaults.filter { table.isPart($0.key, of: source) }
    var inheritedDefault: ObjectDefault?
    var ancestor = table.parent(of: source)
    while let current = ancestor, inheritedDefault == nil {
      switch state.defaults[current] {
      case .copy(let origin, let epoch)?:
        inheritedDefault = .copy(table.rebase(source, from: current, to: origin), epoch: epoch)
      case let other: inheritedDefault = other
      }
      ancestor = table.parent(of: current)
    }
    clear(target, in: &state, table)
    let epoch = isLocalBase(table.base(of: source)) ? 0 : state.epoch
    state.defaults[target] = inheritedDefault ?? .copy(source, epoch: epoch)
    for (region, value) in wholes {
      state.defaults[table.rebase(region, from: source, to: target)] = value
    }
    for (region, value) in values {
      state.store[table.rebase(region, from: source, to: target)] = value
    }
  }

  /// A store to `a[i]` may hit every other element of `a` unless both indices are known.
  private static func forgetAliasedElements(
    of region: RegionID, in state: inout State, _ table: SymbolTable
  ) {
    var current: RegionID? = region
    while let next = current {
      if case .element(let array, let index) = table.shape(next) {
        let victims = state.store.keys.filter { candidate in
          candidate != array && table.isPart(candidate, of: array)
            && mayOverlap(candidate, index: index, array: array, table)
        }
        for victim in victims { state.store[victim] = nil }
        if case .int = index {
        } else if state.defaults[array] == .zero {
          state.defaults[array] = .unknown(
            table.symbol(.part(table.symbol(.initial(array, epoch: -1)), next)))
        }
      }
      current = table.parent(of: next)
    }
  }

  private static func mayOverlap(
    _ candidate: RegionID, index: SValue, array: RegionID, _ table: SymbolTable
  ) -> Bool {
    var current: RegionID? = candidate
    while let next = current {
      if case .element(array, let other) = table.shape(next) {
        if case .int(let a) = index, case .int(let b) = other { return a == b }
        return true
      }
      current = table.parent(of: next)
    }
    return false
  }
}
