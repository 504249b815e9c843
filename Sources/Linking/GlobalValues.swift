import SpawnIR

/// Inclusive bounds of an integer; pointers count from 0 (null).
public struct Interval: Hashable, Sendable, BitwiseCopyable {
  public var low: Int64
  public var high: Int64

  public init(_ low: Int64, _ high: Int64) {
    self.low = low
    self.high = high
  }

  public static let any = Interval(.min, .max)

  public func union(_ other: Interval) -> Interval {
    Interval(min(low, other.low), max(high, other.high))
  }
}

/// The join of all values a variable of static storage can hold at any time, as far as every store
/// to it is seen: statics always, external variables when the whole program is given.
public struct GlobalValues: Sendable {
  /// By variable.
  private var intervals: [Interval?]
  private var written: [Bool]
  private var escaped: [Bool]

  public init(_ program: Program, isWholeProgram: Bool) {
    intervals = Array(repeating: nil, count: program.globals.count)
    written = Array(repeating: false, count: program.globals.count)
    escaped = written
    for (id, global) in program.globals.enumerated() where global.isStatic || isWholeProgram {
      guard global.isDefined, !global.type.isRecord, global.type.kind != .array else { continue }
      var interval: Interval?
      for initializer in global.initializers {
        guard let value = Self.first(of: initializer) else {
          interval = nil
          break
        }
        interval = interval?.union(value) ?? value
      }
      intervals[id] = interval
    }
    for id in program.functions.indices { noteUses(program, function: id) }
    for global in program.globals {
      for (unit, store) in global.initializers.stores {
        store.value.walk { value in
          if case .addressOf(let place) = value, case .global(let symbol) = place.base,
            let other = program.global(symbol, unit: unit)
          {
            escaped[other] = true
          }
        }
      }
    }
    for id in escaped.indices where escaped[id] { intervals[id] = nil }
    solve(program)
  }

  /// What a variable begins with; nil where it is no number.
  private static func first(of initializer: Initializer) -> Interval? {
    guard let first = initializer.stores.first, first.path.isEmpty else { return Interval(0, 0) }
    guard case .integer(let value) = first.value else { return nil }
    return Interval(value, value)
  }

  /// What the variable may hold; nil when not every store is known.
  public func interval(of id: GlobalID) -> Interval? { intervals[id] }

  /// Code may change the variable without naming it.
  public func isAddressTaken(_ id: GlobalID) -> Bool { escaped[id] }

  /// Nothing in the program stores to the variable or takes its address, or its type forbids it:
  /// its initialiser is its value.
  public func isConstant(_ id: GlobalID, in program: Program) -> Bool {
    let global = program.globals[id]
    guard global.isDefined, global.alternatives.isEmpty else { return false }
    if global.type.isConst { return true }
    return global.isStatic && !written[id] && !escaped[id]
  }

  private mutating func noteUses(_ program: Program, function id: FunctionID) {
    let unit = program.functions[id].unit
    let body = program.functions[id].body
    body.forEachValue { _, value in
      if case .addressOf(let place) = value, case .global(let symbol) = place.base,
        let global = program.global(symbol, unit: unit)
      {
        escaped[global] = true
      }
    }
    for block in body.blocks {
      for instruction in block.instructions {
        switch instruction.kind {
        case .assign(let place, _), .zero(let place): noteWrite(place, program, unit)
        case .assembly(let outputs, _, _): for output in outputs { noteWrite(output, program, unit) }
        case .declare, .call: break
        }
      }
    }
  }

  private mutating func noteWrite(_ place: Place, _ program: Program, _ unit: Int) {
    if case .global(let symbol) = place.base, let global = program.global(symbol, unit: unit) {
      written[global] = true
    }
  }

  private mutating func solve(_ program: Program) {
    var stores: [(global: GlobalID, value: Value, unit: Int)] = []
    for function in program.functions {
      for block in function.body.blocks {
        for instruction in block.instructions {
          guard let (id, value) = store(instruction, program, function.unit), intervals[id] != nil else {
            continue
          }
          stores.append((id, value, function.unit))
        }
      }
    }
    for round in 0..<8 {
      var changed = false
      for (id, value, unit) in stores {
        guard let old = intervals[id] else { continue }
        let new = old.union(evaluate(value, program, unit))
        guard new != old else { continue }
        changed = true
        // Widen after a few rounds: a counter has no upper bound.
        intervals[id] =
          round < 3
          ? new
          : Interval(new.low < old.low ? .min : new.low, new.high > old.high ? .max : new.high)
      }
      if !changed { return }
    }
    intervals = intervals.map { $0 == nil ? nil : .any }
  }

  private func store(_ instruction: Instruction, _ program: Program, _ unit: Int) -> (GlobalID, Value)? {
    switch instruction.kind {
    case .assign(.global(let symbol), let value): program.global(symbol, unit: unit).map { ($0, value) }
    case .zero(.global(let symbol)): program.global(symbol, unit: unit).map { ($0, .integer(0)) }
    case .assembly(let outputs, _, _):
      outputs.lazy.compactMap { place -> (GlobalID, Value)? in
        guard case .global(let symbol) = place else { return nil }
        return program.global(symbol, unit: unit).map { ($0, .opaque(.other)) }
      }.first
    default: nil
    }
  }

  private func evaluate(_ value: Value, _ program: Program, _ unit: Int) -> Interval {
    switch value {
    case .integer(let constant): return Interval(constant, constant)
    case .function, .string, .addressOf: return Interval(1, .max)
    case .load(.global(let symbol)):
      guard let id = program.global(symbol, unit: unit) else { return .any }
      return intervals[id] ?? (program.globals[id].type.isNonNegative ? Interval(0, .max) : .any)
    case .unary(.logicalNot, _): return Interval(0, 1)
    case .binary(let op, let left, let right):
      if op.isComparison { return Interval(0, 1) }
      let a = evaluate(left, program, unit)
      let b = evaluate(right, program, unit)
      return IntervalArithmetic.apply(op, a, b)
    case .convert(let type, let inner):
      if type.kind == .bool { return Interval(0, 1) }
      let interval = evaluate(inner, program, unit)
      return type.isNonNegative && interval.low < 0 ? Interval(0, .max) : interval
    case .opaque(let type): return type.isNonNegative ? Interval(0, .max) : .any
    case .load, .unary: return .any
    }
  }
}

/// Arithmetic on bounds; overflow is undefined in C for signed operands and widens here.
public enum IntervalArithmetic {
  public static func apply(_ op: BinaryOperator, _ a: Interval, _ b: Interval) -> Interval {
    switch op {
    case .add: Interval(saturating(a.low, b.low, +), saturating(a.high, b.high, +))
    case .subtract:
      Interval(
        b.high == .max ? .min : saturating(a.low, -b.high, +),
        b.low == .min ? .max : saturating(a.high, -b.low, +))
    case .bitAnd:
      if b.low >= 0, b.high < .max {
        Interval(0, b.high)
      } else if a.low >= 0 {
        Interval(0, a.high)
      } else {
        .any
      }
    case .bitOr where a.low >= 0 && b.low >= 0: Interval(max(a.low, b.low), .max)
    case .multiply where a.low >= 0 && b.low >= 0, .shiftLeft where a.low >= 0,
      .divide where a.low >= 0 && b.low >= 0, .shiftRight where a.low >= 0,
      .bitXor where a.low >= 0 && b.low >= 0, .remainder where a.low >= 0:
      Interval(0, .max)
    default: .any
    }
  }

  private static func saturating(
    _ a: Int64, _ b: Int64, _ add: (Int64, Int64) -> Int64
  ) -> Int64 {
    if a == .min || b == .min { return .min }
    if a == .max || b == .max { return .max }
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? (a > 0 ? .max : .min) : sum
  }
}
