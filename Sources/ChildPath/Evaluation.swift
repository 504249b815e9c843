import Linking
import SpawnIR

/// Values and places of the IR as symbolic values and regions of a state.
extension Frame {
  func isLocal(_ region: RegionID) -> Bool {
    if case .variable(let function, _) = analysis.table.shape(region) { return function == id }
    return false
  }

  func read(_ region: RegionID, type: TypeShape, _ state: State) -> SValue {
    if region == analysis.errorNumber, state.store[region] == nil {
      // It is read after something failed, and every failure sets it anew.
      return .symbol(
        analysis.table.symbol(
          .conjured(site: currentPlace, tag: makerTag + 904), bounds: Interval(1, Int64(Int32.max))))
    }
    if let constant = constantValue(region) { return constant }
    let base = analysis.table.base(of: region)
    if state.store[region] == nil, case .global(let global) = analysis.table.shape(region),
      let limit = interval(of: global, state)
    {
      let symbol = analysis.table.symbol(.initial(region, epoch: state.epoch), bounds: limit)
      return Constraints.resolve(.symbol(symbol), state, analysis.table)
    }
    let isOwn = isLocal(base)
    return Memory.read(region, type: type, in: state, analysis.table) { $0 == base && isOwn }
  }

  /// A member of a table that nothing changes has its initialiser's value.
  private func constantValue(_ region: RegionID) -> SValue? {
    switch analysis.constant(of: region) {
    case .none: return nil
    case .some(let value): return value
    case .unknown: break
    }
    let found = findConstant(region)
    analysis.note(constant: found, of: region)
    return found
  }

  private func findConstant(_ region: RegionID) -> SValue? {
    let base = analysis.table.base(of: region)
    guard case .global(let global) = analysis.table.shape(base),
      analysis.globals.isConstant(global, in: analysis.program)
    else { return nil }
    var path: [InitialStore.Step] = []
    var current = region
    while current != base {
      switch analysis.table.shape(current) {
      case .field(let parent, let key):
        path.append(.field(Field(record: key.record, name: key.name, type: .other)))
        current = parent
      case .element(let parent, .int(let index)):
        path.append(.index(Int(index)))
        current = parent
      default: return nil
      }
    }
    path.reverse()
    let linked = analysis.program.globals[global]
    for store in linked.initializer where Self.samePath(store.path, path) {
      return initialValue(store.value, unit: linked.unit)
    }
    if linked.type.isRecord || linked.type.kind == .array {
      // An initialiser's omitted parts are zero; a whole part that others refine is not a scalar.
      let isInner = linked.initializer.contains {
        $0.path.count > path.count && Self.hasPrefix($0.path, path)
      }
      return isInner ? nil : .int(0)
    }
    return linked.initializer.isEmpty ? .int(0) : nil
  }

  /// `a[0]` and `a` are one region here: index 0 may be missing on either side.
  private static func samePath(_ left: [InitialStore.Step], _ right: [InitialStore.Step]) -> Bool {
    let a = left.filter { $0 != .index(0) }
    let b = right.filter { $0 != .index(0) }
    return a.count == b.count && zip(a, b).allSatisfy(sameStep)
  }

  private static func hasPrefix(_ path: [InitialStore.Step], _ prefix: [InitialStore.Step]) -> Bool {
    let a = path.filter { $0 != .index(0) }
    let b = prefix.filter { $0 != .index(0) }
    return a.count > b.count && zip(a, b).allSatisfy(sameStep)
  }

  private static func sameStep(_ left: InitialStore.Step, _ right: InitialStore.Step) -> Bool {
    switch (left, right) {
    case (.index(let a), .index(let b)): a == b
    case (.field(let a), .field(let b)): a.name == b.name && a.record == b.record
    default: false
    }
  }

  private func initialValue(_ value: Value, unit: Int) -> SValue? {
    switch value {
    case .integer(let constant): return .int(constant)
    case .function(let symbol): return analysis.program.functionName(symbol, unit: unit).map { .function($0) }
    case .string(let text): return .address(analysis.table.region(.literal(Name(text))))
    case .addressOf(.global(let symbol)):
      return analysis.program.global(symbol, unit: unit).map {
        .address(analysis.table.region(.global($0)))
      }
    case .convert(_, let inner): return initialValue(inner, unit: unit)
    default: return nil
    }
  }

  func region(of place: Place, _ state: State) -> RegionID {
    switch place {
    case .variable(let index): return variableRegion(index)
    case .global(let symbol):
      guard let global = analysis.program.global(symbol, unit: unit) else {
        return analysis.table.region(.literal("extern \(symbol.name)"))
      }
      return analysis.table.region(.global(global))
    case .dereference(let value): return pointee(of: evaluate(value, state))
    case .field(let base, let field):
      return analysis.table.region(.field(region(of: base, state), FieldKey(field)))
    case .element(let base, let index):
      return element(of: region(of: base, state), at: evaluate(index, state), state)
    }
  }

  func variableRegion(_ index: Int) -> RegionID {
    analysis.table.region(.variable(function: id, index))
  }

  func pointee(of value: SValue) -> RegionID {
    switch value {
    case .address(let region): region
    case .symbol(let symbol): analysis.table.region(.pointee(symbol))
    case .int(let constant): analysis.table.region(.literal("address \(constant)"))
    case .function(let name): analysis.table.region(.literal("code \(name)"))
    }
  }

  /// Element 0 is the array's own region, so that `p[0].f`, `p->f` and `*a`, `a[0]` agree.
  func element(of region: RegionID, at index: SValue, _ state: State) -> RegionID {
    if index == .int(0) { return region }
    if case .element(let array, let first) = analysis.table.shape(region) {
      return element(of: array, at: binary(.add, first, index, state), state)
    }
    return analysis.table.region(.element(region, index))
  }

  func type(of place: Place) -> TypeShape {
    switch place {
    case .variable(let index): body.variables[index].type
    case .field(_, let field): field.type
    case .global(let symbol):
      analysis.program.global(symbol, unit: unit).map { analysis.program.globals[$0].type } ?? .other
    case .dereference, .element: .other
    }
  }

  func evaluate(_ value: Value, _ state: State) -> SValue {
    switch value {
    case .integer(let constant): return .int(constant)
    case .string(let text): return .address(analysis.table.region(.literal(Name(text))))
    case .function(let symbol):
      guard let name = analysis.program.functionName(symbol, unit: unit) else {
        return .address(analysis.table.region(.literal("code \(symbol.name)")))
      }
      return .function(name)
    case .load(let place):
      if !isTracked(place) { return unknown(place, state) }
      return read(region(of: place, state), type: type(of: place), state)
    case .addressOf(let place): return .address(region(of: place, state))
    case .unary(let op, let inner): return unary(op, evaluate(inner, state), state)
    case .binary(let op, let left, let right):
      return binary(op, evaluate(left, state), evaluate(right, state), state)
    case .convert(let type, let inner): return convert(evaluate(inner, state), to: type, state)
    case .opaque(let type): return fresh(type, tag: 900)
    }
  }

  func unary(_ op: UnaryOperator, _ value: SValue, _ state: State) -> SValue {
    switch (op, value) {
    case (.minus, .int(let constant)): return .int(0 &- constant)
    case (.bitNot, .int(let constant)): return .int(~constant)
    case (.logicalNot, .int(let constant)): return .int(constant == 0 ? 1 : 0)
    case (.logicalNot, .address), (.logicalNot, .function): return .int(0)
    case (.logicalNot, .symbol):
      if let zero = Constraints.decide(.equal, value, .int(0), state, analysis.table) {
        return .int(zero ? 1 : 0)
      }
    default: break
    }
    if analysis.table.isTooDeep(value) { return fresh(.other, tag: 901) }
    return .symbol(analysis.table.symbol(.unary(op, value)))
  }

  func binary(_ op: BinaryOperator, _ left: SValue, _ right: SValue, _ state: State) -> SValue {
    if op.isComparison {
      if let known = Constraints.decide(op, left, right, state, analysis.table) { return .int(known ? 1 : 0) }
    } else if let folded = fold(op, left, right, state) {
      return folded
    }
    if analysis.table.isTooDeep(left) || analysis.table.isTooDeep(right) {
      return fresh(op.isComparison ? TypeShape(.bool) : .other, tag: 902)
    }
    return .symbol(analysis.table.symbol(.binary(op, left, right)))
  }

  private func fold(_ op: BinaryOperator, _ left: SValue, _ right: SValue, _ state: State) -> SValue? {
    switch (left, right) {
    case (.int(let a), .int(let b)):
      switch op {
      case .add: return .int(a &+ b)
      case .subtract: return .int(a &- b)
      case .multiply: return .int(a &* b)
      // Operands above the signed range are kept by their bits and look negative here.
      case .divide where b > 0 && a >= 0: return .int(a / b)
      case .remainder where b > 0 && a >= 0: return .int(a % b)
      case .shiftLeft where b >= 0 && b < 64: return .int(a << b)
      case .shiftRight where a >= 0 && b >= 0 && b < 64: return .int(a >> b)
      case .bitAnd: return .int(a & b)
      case .bitOr: return .int(a | b)
      case .bitXor: return .int(a ^ b)
      default: return nil
      }
    case (.address(let region), _) where op == .add:
      return .address(element(of: region, at: right, state))
    case (_, .address(let region)) where op == .add:
      return .address(element(of: region, at: left, state))
    case (.address(let region), .int(let offset)) where op == .subtract:
      return .address(element(of: region, at: .int(0 &- offset), state))
    case (.symbol(let inner), .int(let offset)) where (op == .add || op == .subtract) && offset != .min:
      return shifted(inner, by: op == .add ? offset : -offset)
    case (.int(let offset), .symbol(let inner)) where op == .add: return shifted(inner, by: offset)
    case (_, .int(0)) where op == .add || op == .subtract || op == .bitOr || op == .bitXor: return left
    case (.int(0), _) where op == .add || op == .bitOr || op == .bitXor: return right
    case (_, .int(0)) where op == .bitAnd || op == .multiply,
      (.int(0), _) where op == .bitAnd || op == .multiply:
      return .int(0)
    case (.symbol(let inner), .int(let mask)) where op == .bitAnd: return foldMask(inner, mask, state)
    default: return nil
    }
  }

  /// Bits of `~x`, of `x | k` and of `x & k` are bits of `x` or known; the lowest eight survive every conversion of integers.
  private func foldMask(_ symbol: SymbolID, _ mask: Int64, _ state: State) -> SValue? {
    switch analysis.table.kind(symbol) {
    case .unary(.bitNot, let inner):
      return binary(.bitXor, binary(.bitAnd, inner, .int(mask), state), .int(mask), state)
    case .binary(.bitOr, _, .int(let set)) where mask & ~set == 0: return .int(mask & set)
    case .binary(.bitOr, let inner, .int(let set)) where mask & set == 0:
      return binary(.bitAnd, inner, .int(mask), state)
    case .binary(.bitAnd, let inner, .int(let kept)): return binary(.bitAnd, inner, .int(mask & kept), state)
    case .narrowed(let inner) where mask >= 0 && mask <= 0xff:
      return binary(.bitAnd, inner, .int(mask), state)
    default: return nil
    }
  }

  /// `n + 1 - 1` is `n`: counters come back to where they were.
  private func shifted(_ symbol: SymbolID, by offset: Int64) -> SValue? {
    if offset == 0 { return .symbol(symbol) }
    if case .binary(.add, .symbol(let inner), .int(let first)) = analysis.table.kind(symbol) {
      let (sum, overflow) = first.addingReportingOverflow(offset)
      if !overflow { return shifted(inner, by: sum) }
    }
    if analysis.table.isTooDeep(.symbol(symbol)) { return nil }
    return .symbol(analysis.table.symbol(.binary(.add, .symbol(symbol), .int(offset))))
  }

  func convert(_ value: SValue, to type: TypeShape, _ state: State) -> SValue {
    switch (type.kind, value) {
    case (.bool, .int(let constant)): return .int(constant != 0 ? 1 : 0)
    case (.bool, .address), (.bool, .function): return .int(1)
    case (.bool, .symbol):
      if let zero = Constraints.decide(.equal, value, .int(0), state, analysis.table) {
        return .int(zero ? 0 : 1)
      }
      return .symbol(analysis.table.symbol(.toBool(value)))
    case (.unsigned(let width), .int(let constant)):
      return .int(width >= 64 ? constant : constant & ((1 << width) - 1))
    case (.signed(let width), .int(let constant)):
      if width >= 64 { return value }
      let shift = Int64(64 - width)
      return .int((constant << shift) >> shift)
    case (.unsigned(let width), .symbol), (.signed(let width), .symbol):
      let known = Constraints.interval(value, state, analysis.table)
      let isUnsigned = if case .unsigned = type.kind { true } else { false }
      let low: Int64 = isUnsigned ? 0 : (width >= 64 ? .min : -(1 << (width - 1)))
      let high: Int64 = width >= 63 ? .max : (1 << (isUnsigned ? width : width - 1)) - 1
      if known.low >= low, known.high <= high { return value }
      if isUnsigned, known.low < 0 {
        // A negative value becomes a large one: what is known of the sign does not carry over.
        return .symbol(analysis.table.symbol(.narrowed(value), bounds: Interval(0, .max)))
      }
      return value
    case (.floating, _): return fresh(type, tag: 903)
    default: return value
    }
  }

  /// What is not tracked may hold anything each time; twice the same where one instruction reads it twice.
  private func unknown(_ place: Place, _ state: State) -> SValue {
    let table = analysis.table
    let now = table.symbol(.conjured(site: currentPlace, tag: makerTag + 906))
    return .symbol(
      table.symbol(
        .part(now, region(of: place, state)),
        bounds: type(of: place).isNonNegative ? Interval(0, .max) : .any))
  }

  /// A new unknown, named by the instruction under execution.
  func fresh(_ type: TypeShape, tag: Int32) -> SValue {
    .symbol(
      analysis.table.symbol(
        .conjured(site: currentPlace, tag: makerTag + tag),
        bounds: type.isNonNegative ? Interval(0, .max) : .any))
  }
}
