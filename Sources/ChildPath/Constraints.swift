import Linking
import SpawnIR

/// What conditions say about unknown values.
enum Constraints {
  /// Follows "equals" and single-valued intervals.
  static func resolve(_ value: SValue, _ state: State, _ table: SymbolTable) -> SValue {
    var current = value
    for _ in 0..<8 {
      guard case .symbol(let id) = current else { return current }
      if let facts = state.facts[id] {
        if let equal = facts.equal {
          current = equal
          continue
        }
        if facts.interval.low == facts.interval.high { return .int(facts.interval.low) }
      }
      return current
    }
    return current
  }

  /// Terms deeper than this have the bounds of their type.
  private static let deepest = 12

  static func interval(
    _ value: SValue, _ state: State, _ table: SymbolTable, depth: Int = 0
  ) -> Interval {
    switch resolve(value, state, table) {
    case .int(let constant): return Interval(constant, constant)
    case .address, .function: return Interval(1, .max)
    case .symbol(let id):
      var result = table.bounds(of: id)
      if let facts = state.facts[id] { result = intersect(result, facts.interval) }
      if depth > deepest { return result }
      switch table.kind(id) {
      case .unary(.logicalNot, _), .toBool: result = intersect(result, Interval(0, 1))
      case .unary(.minus, let inner):
        let other = interval(inner, state, table, depth: depth + 1)
        if other.low > .min, other.high < .max {
          result = intersect(result, Interval(-other.high, -other.low))
        }
      case .binary(let op, let left, let right):
        if op.isComparison {
          result = intersect(result, Interval(0, 1))
        } else {
          let computed = IntervalArithmetic.apply(
            op, interval(left, state, table, depth: depth + 1),
            interval(right, state, table, depth: depth + 1))
          result = intersect(result, computed)
        }
      default: break
      }
      if case .binary(.bitAnd, let base, .int(let mask)) = table.kind(id), mask > 0 {
        result = intersect(result, KnownBits(of: base, state, table).interval(mask: mask))
      }
      return result
    }
  }

  static func intersect(_ a: Interval, _ b: Interval) -> Interval {
    Interval(max(a.low, b.low), min(a.high, b.high))
  }

  /// Whether a comparison's outcome is known.
  static func decide(
    _ op: BinaryOperator, _ left: SValue, _ right: SValue, _ state: State, _ table: SymbolTable
  ) -> Bool? {
    let a = resolve(left, state, table)
    let b = resolve(right, state, table)
    let x = interval(a, state, table)
    let y = interval(b, state, table)
    if isAmbiguous(op, a, b, table) { return nil }
    switch op {
    case .equal, .notEqual:
      guard let equal = equality(a, b, x, y, state, table) else { return nil }
      return op == .equal ? equal : !equal
    case .less:
      if x.high < y.low { return true }
      if x.low >= y.high { return false }
    case .lessOrEqual:
      if x.high <= y.low { return true }
      if x.low > y.high { return false }
    case .greater: return decide(.less, b, a, state, table)
    case .greaterOrEqual: return decide(.lessOrEqual, b, a, state, table)
    default: break
    }
    return nil
  }

  /// Constants above the signed range are kept by their bits: in an order with an unsigned value it is
  /// open which number is meant.
  private static func isAmbiguous(
    _ op: BinaryOperator, _ a: SValue, _ b: SValue, _ table: SymbolTable
  ) -> Bool {
    func isUnsigned(_ value: SValue) -> Bool {
      guard case .symbol(let id) = value else { return false }
      return table.bounds(of: id) == Interval(0, .max)
    }
    func isNegative(_ value: SValue) -> Bool {
      if case .int(let constant) = value { return constant < 0 }
      return false
    }
    if op == .equal || op == .notEqual { return false }
    return (isUnsigned(a) && isNegative(b)) || (isUnsigned(b) && isNegative(a))
  }

  /// Whether `value` is, as far as is known, made from `id`.
  private static func mentions(
    _ value: SValue, _ id: SymbolID, _ state: State, _ table: SymbolTable, depth: Int = 0
  ) -> Bool {
    if depth > deepest { return true }
    return table.contains(value) { inner in
      if inner == id { return true }
      guard let equal = state.facts[inner]?.equal else { return false }
      return mentions(equal, id, state, table, depth: depth + 1)
    }
  }

  private static func equality(
    _ a: SValue, _ b: SValue, _ x: Interval, _ y: Interval, _ state: State, _ table: SymbolTable
  ) -> Bool? {
    switch (a, b) {
    case (.int(let i), .int(let j)): return i == j
    case (.function(let f), .function(let g)):
      if f == g { return true }
      // One name in two units, of which not both tell which function they mean.
      return table.homonyms[f].map { $0 == table.homonyms[g] } == true ? nil : false
    case (.function, .address), (.address, .function): return false
    case (.address(let r), .address(let s)):
      if r == s { return true }
      return isDistinctObject(r, table) && isDistinctObject(s, table) ? false : nil
    case (.symbol(let id), let other), (let other, .symbol(let id)):
      if a == b { return true }
      if table.excludes(state.facts[id], other) { return false }
      if case .symbol(let second) = other, table.excludes(state.facts[second], .symbol(id)) {
        return false
      }
    default: break
    }
    return x.high < y.low || y.high < x.low ? false : nil
  }

  /// Named objects are never each other.
  private static func isDistinctObject(_ region: RegionID, _ table: SymbolTable) -> Bool {
    switch table.shape(table.base(of: region)) {
    case .variable, .global, .outer: true
    case .pointee, .literal, .field, .element, .ghost: false
    }
  }

  /// Restricts `state` to where `value` is true (or false); false when that is impossible.
  static func assume(
    _ value: SValue, _ truth: Bool, _ state: inout State, _ table: SymbolTable
  ) -> Bool {
    switch resolve(value, state, table) {
    case .int(let constant): return (constant != 0) == truth
    case .address, .function: return truth
    case .symbol(let id):
      switch table.kind(id) {
      case .unary(.logicalNot, let inner): return assume(inner, !truth, &state, table)
      case .toBool(let inner), .narrowed(let inner): return assume(inner, truth, &state, table)
      case .binary(let op, let left, let right) where op.isComparison:
        return compare(truth ? op : op.negated, left, right, &state, table)
      default: return bound(id, truth ? .notEqual : .equal, 0, &state, table)
      }
    }
  }

  /// Restricts `state` to where `left op right` holds.
  static func compare(
    _ op: BinaryOperator, _ left: SValue, _ right: SValue, _ state: inout State,
    _ table: SymbolTable
  ) -> Bool {
    let a = resolve(left, state, table)
    let b = resolve(right, state, table)
    if let known = decide(op, a, b, state, table) { return known }
    if isAmbiguous(op, a, b, table) { return true }
    switch (a, b) {
    case (.symbol(let id), .int(let constant)): return bound(id, op, constant, &state, table)
    case (.int(let constant), .symbol(let id)): return bound(id, op.mirrored, constant, &state, table)
    case (.symbol(let id), .address), (.symbol(let id), .function):
      return relate(id, op, b, &state, table)
    case (.address, .symbol(let id)), (.function, .symbol(let id)):
      return relate(id, op.mirrored, a, &state, table)
    case (.symbol(let x), .symbol(let y)):
      switch op {
      case .equal:
        let common = intersect(interval(a, state, table), interval(b, state, table))
        guard common.low <= common.high else { return false }
        guard !mentions(b, x, state, table) else {
          return narrow(x, to: common, &state, table) && narrow(y, to: common, &state, table)
        }
        let facts = state.facts[x]
        state.facts[x] = Facts(interval: common, equal: .symbol(y))
        guard narrow(y, to: common, &state, table) else { return false }
        for value in table.values(facts?.excluded ?? .none) where !exclude(y, value, &state, table) {
          return false
        }
        return true
      case .notEqual: return exclude(x, .symbol(y), &state, table)
      case .less, .lessOrEqual:
        let left = interval(a, state, table)
        let right = interval(b, state, table)
        let step: Int64 = op == .less ? 1 : 0
        let high = right.high == .max ? .max : right.high - step
        let low = left.low == .min ? .min : left.low + step
        return narrow(x, to: Interval(.min, high), &state, table)
          && narrow(y, to: Interval(low, .max), &state, table)
      case .greater, .greaterOrEqual: return compare(op.mirrored, b, a, &state, table)
      default: return true
      }
    default: return true
    }
  }

  private static func relate(
    _ id: SymbolID, _ op: BinaryOperator, _ value: SValue, _ state: inout State, _ table: SymbolTable
  ) -> Bool {
    switch op {
    case .equal:
      if table.excludes(state.facts[id], value) { return false }
      guard interval(.symbol(id), state, table).high >= 1 else { return false }
      if mentions(value, id, state, table) { return narrow(id, to: Interval(1, .max), &state, table) }
      state.facts[id] = Facts(interval: Interval(1, .max), equal: value)
      return true
    case .notEqual: return exclude(id, value, &state, table)
    default: return true
    }
  }

  /// `id op constant`.
  private static func bound(
    _ id: SymbolID, _ op: BinaryOperator, _ constant: Int64, _ state: inout State,
    _ table: SymbolTable
  ) -> Bool {
    let kind = table.kind(id)
    switch kind {
    case .unary(.logicalNot, let inner) where op == .equal || op == .notEqual:
      if constant == 0 { return assume(inner, op == .equal, &state, table) }
      if constant == 1 { return assume(inner, op != .equal, &state, table) }
    case .toBool(let inner) where (op == .equal || op == .notEqual) && (constant == 0 || constant == 1):
      return assume(inner, (constant != 0) == (op == .equal), &state, table)
    case .binary(let inner, let left, let right)
    where inner.isComparison && (op == .equal || op == .notEqual) && (constant == 0 || constant == 1):
      let truth = (constant != 0) == (op == .equal)
      return compare(truth ? inner : inner.negated, left, right, &state, table)
    case .binary(.add, .symbol(let inner), .int(let offset)):
      let (shifted, overflow) = constant.subtractingReportingOverflow(offset)
      if !overflow { return compare(op, .symbol(inner), .int(shifted), &state, table) }
    case .binary(.subtract, .symbol(let inner), .int(let offset)):
      let (shifted, overflow) = constant.addingReportingOverflow(offset)
      if !overflow { return compare(op, .symbol(inner), .int(shifted), &state, table) }
    case .binary(.bitXor, .symbol(let inner), .int(let mask)) where op == .equal || op == .notEqual:
      return compare(op, .symbol(inner), .int(constant ^ mask), &state, table)
    case .unary(.minus, .symbol(let inner)) where constant != .min:
      return compare(op.mirrored, .symbol(inner), .int(-constant), &state, table)
    case .narrowed(.symbol(let inner))
    where (op == .equal || op == .notEqual) && constant >= 0 && constant <= Int64(Int32.max):
      return compare(op, .symbol(inner), .int(constant), &state, table)
    default: break
    }
    switch op {
    case .equal: return narrow(id, to: Interval(constant, constant), &state, table)
    case .notEqual: return exclude(id, .int(constant), &state, table)
    case .less: return constant != .min && narrow(id, to: Interval(.min, constant - 1), &state, table)
    case .lessOrEqual: return narrow(id, to: Interval(.min, constant), &state, table)
    case .greater: return constant != .max && narrow(id, to: Interval(constant + 1, .max), &state, table)
    case .greaterOrEqual: return narrow(id, to: Interval(constant, .max), &state, table)
    default: return true
    }
  }

  static func narrow(
    _ id: SymbolID, to limit: Interval, _ state: inout State, _ table: SymbolTable
  ) -> Bool {
    if let equal = state.facts[id]?.equal {
      let known = interval(equal, state, table)
      let common = intersect(known, limit)
      guard common.low <= common.high else { return false }
      if case .symbol(let other) = resolve(equal, state, table), other != id {
        return narrow(other, to: limit, &state, table)
      }
      return true
    }
    var common = intersect(interval(.symbol(id), state, table), limit)
    let before = state.facts[id]?.excluded ?? .none
    if before.isEmpty {
      guard common.low <= common.high else { return false }
      state.facts[id] = Facts(interval: common)
      return true
    }
    var excluded = table.values(before)
    var moved = true
    while moved, common.low <= common.high {
      moved = false
      for case .int(let value) in excluded {
        if value == common.low, common.low < .max {
          common.low += 1
          moved = true
        } else if value == common.high, common.high > .min {
          common.high -= 1
          moved = true
        }
      }
    }
    if case .binary(.bitAnd, _, .int(let bit)) = table.kind(id), bit > 0, bit & (bit - 1) == 0 {
      // A single bit is set or not.
      if common.low > 0 { common.low = max(common.low, bit) }
      if common.high < bit { common.high = min(common.high, 0) }
    }
    guard common.low <= common.high else { return false }
    excluded.removeAll {
      if case .int(let value) = $0 { value < common.low || value > common.high } else { false }
    }
    state.facts[id] = Facts(interval: common, excluded: table.exclusions(excluded))
    return true
  }

  static func exclude(
    _ id: SymbolID, _ value: SValue, _ state: inout State, _ table: SymbolTable
  ) -> Bool {
    var facts = state.facts[id] ?? Facts(interval: interval(.symbol(id), state, table))
    if facts.equal == value { return false }
    if case .int(let constant) = value {
      let known = interval(.symbol(id), state, table)
      if constant < known.low || constant > known.high { return true }
      facts.interval = known
      if !table.excludes(facts, value) {
        facts.excluded = table.exclusions(table.values(facts.excluded) + [value])
      }
      state.facts[id] = facts
      return narrow(id, to: .any, &state, table)
    }
    let known = table.values(facts.excluded)
    if known.count < Facts.most, !known.contains(value) { facts.excluded = table.exclusions(known + [value]) }
    state.facts[id] = facts
    return true
  }
}

extension BinaryOperator {
  /// The comparison that holds exactly when this one does not.
  var negated: BinaryOperator {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    default: self
    }
  }

  /// The comparison with operands exchanged.
  var mirrored: BinaryOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }
}
